// The page that the explorer's runtime, inside the program under test, shares with whoever drives
// it. Plain data: the two sides may be built by different compilers, and the program may die at any
// moment. The driver fills `spec` and the runtime the rest, execution by execution.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace redflag::explorer {

/// Environment variable with the number of the inherited file descriptor of the page. Without it
/// the runtime does nothing.
inline constexpr const char* page_fd_variable = "REDFLAG_EXPLORE_FD";
/// Environment variable that is set if the program says itself where an execution begins and ends
/// (redflag_explore_next() and redflag_explore_end()). Otherwise it is one execution as a whole.
inline constexpr const char* inside_variable = "REDFLAG_EXPLORE_INSIDE";
/// The symbol by which such a program is known.
inline constexpr const char* inside_symbol = "redflag_explores_itself";
/// Environment variable with the one of a program's explored functions that is wanted.
inline constexpr const char* body_variable = "REDFLAG_EXPLORE_BODY";
/// Environment variable with "IN,OUT", two inherited pipes: one Request comes for each execution,
/// and an Answer goes back. Without it there is one execution.
inline constexpr const char* server_fds_variable = "REDFLAG_EXPLORE_SERVER";

/// What a thread is about to do at a step.
enum class Action : std::uint8_t {
  none,
  thread_start,
  thread_create,
  thread_join,
  thread_detach,
  thread_exit,
  mutex_lock,
  mutex_try_lock,
  mutex_unlock,
  shared_lock,
  shared_try_lock,
  shared_unlock,
  condition_wait,
  condition_wake,
  condition_signal,
  condition_broadcast,
  semaphore_wait,
  semaphore_try_wait,
  semaphore_post,
  barrier_arrive,
  barrier_leave,
  once,
  static_initialization,
  atomic_load,
  atomic_store,
  atomic_update,
  fence,
  memory_read,
  memory_write,
  futex_wait,
  futex_wait_return,
  futex_wake,
  sleep,
  yield,
  clock_read,
  signal_send,
  signal_wait,
  file_wait,
  call_return,
  execution_end,
  signal_handle,
  process_fork,
  process_wait,
  process_exit,
  choice,
  thread_cancel,
};

/// What an object is; objects of one type are numbered in the order in which they were first used.
enum class ObjectType : std::uint8_t {
  none,
  thread,
  mutex,
  shared_mutex,
  condition,
  semaphore,
  barrier,
  once,
  static_guard,
  atomic,
  location,
  futex,
  file,
  spin_lock,
};

enum class StrategyId : std::uint32_t { random, pct, pos, prefix, guided, noise };

/// How one execution is to be scheduled.
struct Spec {
  StrategyId strategy;
  std::uint32_t depth;           ///< of pct: how many ordering constraints the bug needs
  std::uint64_t seed;            ///< of the execution; equal specs give equal schedules
  std::uint64_t expected_steps;  ///< of pct: about how long an execution is
  std::uint64_t max_steps;       ///< beyond it the execution is a livelock
  std::uint32_t stacks;          ///< 1: note the whole stack at every step
  std::uint32_t spurious;        ///< 1: condition variables may wake without a signal
  std::uint32_t early_timeouts;  ///< 1: a time-out may come though other threads could go on
  std::uint32_t weak_memory;     ///< 1: loads of atomics may give values older than the last
  std::uint32_t eviction;        ///< which of the accesses to a word ThreadSanitizer forgets first
  std::uint32_t last;            ///< 1: the process is to end after this execution
  std::uint32_t prefix_size;     ///< of prefix: how many of `Page::prefix` are to be followed
  std::uint64_t asleep;          ///< of prefix: threads that better do not go on behind it, a bit
                                 ///< each, until a step was taken that theirs depends on
};

/// How an execution ended.
enum class End : std::uint32_t {
  running,   ///< still, or the program died in it
  complete,  ///< the body returned, or the program exited
  deadlock,
  livelock,
  diverged,  ///< a prefix asked for a thread that could not run
  overflow,  ///< more threads than the page has room for
};

/// The exit code of a process that the explorer ended itself: deadlock, livelock and the like.
inline constexpr int ended_by_explorer = 71;

/// Index in Page::stacks that stands for none.
inline constexpr std::uint32_t no_stack = 0;

/// One step, as it was taken.
struct Event {
  enum Flag : std::uint8_t {
    late = 1,         ///< it went on because its time was over
    preemption = 2,   ///< the thread before could have gone on, and had not yielded
    free_choice = 4,  ///< more than one thread could have gone on
    gave_way = 8      ///< the thread before spins, yields or sleeps
  };
  std::uint16_t thread;
  Action action;
  std::uint8_t flags;
  std::uint32_t object;   ///< index in Page::objects
  std::uint64_t caller;   ///< where the program called
  std::uint64_t enabled;  ///< bit n: thread n could have been taken (of the first 64)
  std::uint32_t stack;    ///< index in Page::stacks
  std::uint32_t value;    ///< of a choice: what was chosen, of how many in `enabled`; of a wait on
                          ///< a condition: its mutex, as `object`
};

struct Object {
  ObjectType type;
  std::uint32_t number;  ///< from 1
  std::uint32_t place;   ///< equal for objects at one address: an atomic may be a futex too
};

struct StackTrace {
  static constexpr std::size_t most_frames = 24;
  std::uint32_t size;
  std::uint64_t frames[most_frames];
};

/// A thread at the end of the execution.
struct ThreadState {
  std::uint32_t parent;
  std::uint32_t finished;
  std::uint32_t detached;
  std::uint32_t joined;
  std::uint32_t outlived;  ///< it went on, or was stuck, after the end of the execution
  std::uint32_t outside;   ///< in a call that the explorer does not control
  Action action;           ///< what it was about to do
  std::uint32_t object;
  std::uint32_t mutex;          ///< of a wait on a condition
  std::int32_t holder;          ///< the thread that has what it waits for, or -1
  std::uint32_t kernel_id;      ///< as the kernel numbers threads; 0: it never ran
  std::uint64_t created;        ///< where: the address a call returns to
  std::uint32_t created_stack;  ///< the whole stack there, if stacks are noted
  StackTrace stack;
};

struct Module {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t base;  ///< what to subtract for an offset in the file
  char path[256];      ///< empty: the program itself
};

/// A place in the program's code.
struct CodePlace {
  std::uint32_t module;  ///< index in Page::modules
  std::uint64_t offset;  ///< in it, of the last byte of a call
  bool operator==(const CodePlace&) const = default;
};

/// What the driver asks for. The fork server starts a child for `execute`; a child that has ended
/// an execution and can go on takes the next request itself.
enum class Request : std::uint8_t {
  execute = 1,
  leave = 2,  ///< the child is to exit
};

/// The answer to a request.
struct Answer {
  std::int32_t pid;     ///< -1: the server could not fork
  std::int32_t status;  ///< of the child, as of waitpid; without one errno
  std::int32_t alive;   ///< 1: it has not ended, and takes the next request
};

struct Page {
  static constexpr std::uint64_t magic_number = 0x3178786672646572;
  static constexpr std::size_t most_threads = 4096;
  static constexpr std::size_t most_objects = 1U << 18U;
  static constexpr std::size_t most_events = 1U << 21U;
  static constexpr std::size_t most_stacks = 1U << 16U;
  static constexpr std::size_t most_modules = 64;
  static constexpr std::size_t most_racing = 64;
  static constexpr std::size_t most_prefix = 1U << 21U;
  /// Steps in a row while others could go on: a thread that has taken so many gives way.
  static constexpr std::uint32_t longest_run = 500;
  /// In `prefix`: set if the entry is the value of a choice and not a thread.
  static constexpr std::uint16_t choice_bit = 0x8000;
  /// In `prefix`, of guided: the thread interrupts the one before.
  static constexpr std::uint16_t interrupts_bit = 0x4000;

  Spec spec;
  std::uint32_t racing_count;
  CodePlace racing[most_racing];  ///< plain accesses of memory that are steps: they raced before

  std::atomic<std::uint64_t> magic;       ///< set by the runtime when it is there
  std::atomic<std::uint64_t> executions;  ///< begun
  std::uint32_t instrumented;  ///< 1: atomics are steps, because ThreadSanitizer is there
  std::atomic<std::uint64_t> total_steps;  ///< of all executions: the sign of life
  std::atomic<std::int32_t> child;         ///< of the fork server: whom to kill

  End end;
  std::uint32_t uncontrolled;         ///< 1: a thread left the schedule: a replay may differ
  std::uint64_t uncontrolled_caller;  ///< of the first: where the program called, or was last seen
  std::int64_t uncontrolled_number;   ///< the system call that it is stuck in, or -1: it said so
  std::uint64_t steps;
  std::uint64_t hash;  ///< of the order of steps: equal for equal schedules
  std::uint64_t diverged_at;
  std::uint32_t event_count;
  std::uint32_t object_count;
  std::uint32_t stack_count;
  std::uint32_t thread_count;
  std::uint32_t module_count;
  std::uint32_t preemptions;
  std::uint32_t all_depend;    ///< 1: it did what nobody knows the dependences of
  std::uint32_t forks;         ///< children that the program itself made; they ran free
  std::uint32_t death_thread;  ///< if `death` is not empty: who ended the program
  StackTrace death;            ///< where it did; noted of abort(), exit(1) and the like, and of a
                               ///< crash if no sanitizer does
  char death_text[256];        ///< why: the assertion that failed, "abort" or "crash"
  std::uint32_t lost_wakeup;   ///< of a deadlock: a waiter went on when it was woken once more
  char outcome[200];           ///< what the execution saw, if the program says so
  char forbidden[256];         ///< if that is forbidden: the finding's signature
  char forbidden_message[512];
  ThreadState threads[most_threads];
  Module modules[most_modules];
  Object objects[most_objects];
  StackTrace stacks[most_stacks];
  std::uint16_t prefix[most_prefix];
  Event events[most_events];
};

}  // namespace redflag::explorer
