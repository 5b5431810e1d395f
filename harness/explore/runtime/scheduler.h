// One thread runs at a time, and at every step the strategy says which. See scheduler.cpp for how.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "explore/page.h"
#include "explore/runtime/baton.h"
#include "explore/runtime/dice.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/objects.h"
#include "explore/runtime/rounds.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {

struct Thread;
struct StackMemory;

/// Whether a thread's operation would not block now. `late`: its deadline is over.
using Ready = bool (*)(const Thread& thread, bool late);

inline constexpr std::uint64_t no_deadline = ~std::uint64_t{0};

/// A thread of the program under test.
struct Thread {
  enum State : std::uint32_t {
    waiting,    ///< at a step
    running,    ///< has the baton
    outside,    ///< in a call that the explorer does not control
    returning,  ///< back from it, and waits to be scheduled
    finished,
  };
  std::uint32_t id = 0;
  std::uint32_t parent = 0;
  std::atomic<State> state = waiting;
  Baton baton;
  Operation operation;  ///< what it does when it goes on
  Ready ready = nullptr;
  std::uint64_t deadline = no_deadline;  ///< virtual time in ns at which it may go on all the same
  bool patient = false;                  ///< goes on late only when no other thread can go on
  bool late = false;                     ///< why it went on
  bool yielded = false;  ///< has given way, and no other thread has taken a step since
  const volatile void* rescued_from = nullptr;  ///< the condition; see Scheduler::rescue()
  bool woken = false;                      ///< a waiter on a condition or a futex: it was woken
  bool signalled = false;                  ///< a handler has run since its last step began
  bool interrupted_call = false;           ///< and one of them without SA_RESTART
  std::atomic<bool> busy = false;          ///< inside the scheduler: a handler takes no steps now
  std::atomic<std::uint64_t> signals = 0;  ///< bit n-1: it is to handle signal n before all else
  std::uint32_t spurious_failures = 0;     ///< of compare_exchange_weak()
  std::uint32_t handling = 0;              ///< handlers that it is in, made to by interrupt()
  Operation interrupted;                   ///< what it does again when it has handled them
  bool cancelled = false;                  ///< pthread_cancel() was called for it
  bool cancellable = true;                 ///< and it heeds that
  int cancel_type = 0;                     ///< as it was set; PTHREAD_CANCEL_DEFERRED is 0
  bool detached = false;
  bool joined = false;
  std::atomic<bool> dumping = false;  ///< is asked for its stack
  Rounds rounds;
  std::atomic<std::uint32_t> kernel_id = 0;  ///< 0: it has not got as far as enter()
  const void* created_by = nullptr;
  std::uint32_t created_stack = no_stack;
  std::uintptr_t handle = 0;  ///< its pthread_t
  void* (*routine)(void*) = nullptr;
  void* argument = nullptr;
  StackMemory* stack_memory = nullptr;  ///< if it is ours; see ReadyStack
  std::uint64_t word = 0;   ///< for the shim that waits: a futex's value, a file's events, …
  std::uint32_t stack = 0;  ///< where it stands, if stacks are noted
  std::uint32_t spurious_wakes = 0;
  int end_rounds = 0;               ///< rounds of key destructors that it has been through
  bool outlived = false;            ///< it went on after that
  bool outlives = false;            ///< it was not finished when the execution was at its end
  Dice eviction;                    ///< see eviction.h
  std::uint32_t accesses_left = 0;  ///< to the next of its events; 0: there is none
  std::uint32_t most_left = 0;      ///< bound of that
  std::uint32_t evicting = 0;       ///< the byte of this that the last one accessed
};

/// The calling thread, or null if the explorer does not control it.
extern constinit thread_local Thread* current_thread __attribute__((tls_model("initial-exec")));
/// The same for shims. Not while it is in the scheduler, which a signal handler may find it in:
/// what that calls is then no step.
inline Thread* controlled() {
  Thread* self = current_thread;
  if (self == nullptr) [[unlikely]] {
    if (noisy.load(std::memory_order_relaxed)) make_noise();
    return nullptr;
  }
  return self->busy.load(std::memory_order_relaxed) ? nullptr : self;
}

/// Clears what the page says of the execution before.
void clear_results(Page& page);

/// Always ready.
bool at_once(const Thread& thread, bool late);

class Scheduler {
 public:
  /// Begins an execution; the calling thread is thread 0. `page` is where its spec stands and its
  /// events go.
  void begin(Page& page);
  /// The end of the execution as a step of thread 0: waits until no other thread can go on. Then
  /// thread 0 is no longer controlled.
  void end();
  /// As end() at the exit of the whole process, when nobody else is to run any more.
  void finish_process();

  /// `self` is about to do `operation`: others may run first. Returns when it is its turn and
  /// `ready` holds, or when virtual time has reached `deadline`. Whether it was late.
  bool step(Thread& self, const Operation& operation, Ready ready = at_once,
            std::uint64_t deadline = no_deadline, bool patient = true);

  /// `target`, which is not the caller, is to handle `signal` when it is its turn. Whether it can:
  /// it waits at a step.
  bool interrupt(Thread& target, int signal);

  /// A number below `options`; part of the schedule.
  std::uint32_t choose(Thread& self, std::uint32_t options);

  /// `self` is about to make a call that may block and that nobody models: others go on meanwhile.
  void leave(Thread& self, const void* caller);
  /// It is back.
  void come_back(Thread& self);

  /// A new thread, waiting to start; null if there are too many.
  Thread* add_thread(Thread& parent, const void* caller);
  /// The system made none.
  void drop_thread(Thread& thread);
  /// First thing in a new thread: waits for its first turn.
  void enter(Thread& self);
  /// Last thing in a thread.
  void finish(Thread& self);

  /// Whether all threads but one are finished.
  [[nodiscard]] bool alone() const;

  Thread* thread_of_handle(std::uintptr_t handle);
  Thread* thread_of_kernel_id(int id);
  [[nodiscard]] std::size_t thread_count() const { return thread_count_; }
  Thread& thread(std::size_t i) { return threads_[i]; }
  /// Those that are not finished, by id.
  [[nodiscard]] std::span<Thread* const> alive() const { return {alive_, alive_count_}; }

  Objects& objects() { return objects_; }
  [[nodiscard]] Page* page() const { return page_; }
  /// Not in a child that some call other than fork() has made of it.
  [[nodiscard]] bool is_in_its_process() const;
  [[nodiscard]] bool active() const { return page_ != nullptr; }
  /// Virtual time in ns since the execution began.
  [[nodiscard]] std::uint64_t now() const { return now_; }
  void advance(std::uint64_t nanoseconds) { now_ += nanoseconds; }
  void note_uncontrolled(const void* caller, long system_call = -1);
  /// Tells the page what each thread is about to do.
  void describe_threads();

 private:
  void acquire(Thread& self);
  void remove(const Thread& thread);
  Thread* choose_next(Thread& self);
  std::size_t collect(Candidate* candidates, bool& only_yielders);
  [[nodiscard]] bool can_go_on(const Thread& thread, bool late) const;
  [[nodiscard]] std::uint64_t earliest_deadline() const;
  Thread& take(Thread& self, const Candidate* candidates, std::size_t size);
  void note(const Thread& chosen, const Thread& before, bool before_could,
            const Candidate* candidates, std::size_t size);
  void hand_over(Thread& self, Thread* next);
  void await_turn(Thread& self);
  void look_after(Thread& self);
  void go_idle(Thread& self);
  void handle_signals(Thread& self);
  void give(Thread& self, Thread& next);
  [[noreturn]] void stop(Thread& self, End end);
  void tell(Thread& self, End end);
  bool rescue(Thread& self);
  void watch_rescue();
  [[noreturn]] void end_rescue();
  void dump(Thread& self);

  /// What holder_ is while a thread is being chosen.
  static Thread* choosing() { return reinterpret_cast<Thread*>(1); }

  Page* page_ = nullptr;
  int process_ = 0;
  Strategy* strategy_ = nullptr;
  Objects objects_;
  Thread threads_[Page::most_threads];
  std::size_t thread_count_ = 0;
  Thread* alive_[Page::most_threads] = {};
  std::size_t alive_count_ = 0;
  std::atomic<Thread*> holder_ = nullptr;  // who runs; null: nobody, all are outside
  std::atomic<std::uint32_t> outside_ = 0;
  std::uint64_t now_ = 0;
  std::uint64_t watched_steps_ = 0;  // look_after()'s
  std::uint32_t watched_rounds_ = 0;
  std::uint32_t last_ = 0;        // the thread that ran last
  std::uint32_t run_length_ = 0;  // how many steps it has taken in a row
  bool rescuing_ = false;         // a deadlock was told; see rescue()
  std::uint32_t rescue_steps_ = 0;
  bool ending_ = false;        // thread 0 waits for the others to end
  Thread* stopper_ = nullptr;  // stop() in progress: whom dump() tells
  Candidate candidates_[Page::most_threads] = {};
};

extern constinit Scheduler scheduler;

/// Whether a sanitizer gives names in its reports here, which may take a while.
extern bool names_are_read;

}  // namespace redflag::explorer
