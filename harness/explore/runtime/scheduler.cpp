// At a step the running thread says what it is about to do, and the strategy chooses among all
// threads that could do what they are about to do. If it chooses another one, the running thread
// gives it the baton and waits for its own. What a thread does between two steps is its own affair.
//
// holder_ says who has the baton. It changes hands by compare-and-swap, because a thread may lose
// it without knowing: look_after() takes it away from a thread that is stuck in a call that nobody
// models, and that thread learns of it at its next step.
#include "explore/runtime/scheduler.h"

#include <pthread.h>

#include <new>

#include "explore/runtime/busy.h"
#include "explore/runtime/cancel.h"
#include "explore/runtime/children.h"
#include "explore/runtime/eviction.h"
#include "explore/runtime/once.h"
#include "explore/runtime/own_files.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/stack.h"
#include "explore/runtime/timers.h"
#include "explore/runtime/weak_memory.h"

namespace redflag::explorer {

constinit thread_local Thread* current_thread __attribute__((tls_model("initial-exec"))) = nullptr;
constinit Scheduler scheduler;  // ready before any constructor runs

namespace {

constexpr unsigned look_interval_ms = 200;
constexpr std::uint32_t spin = 50;  // steps of rounds that change nothing are waiting

bool gives_way(Action action) { return action == Action::yield || action == Action::sleep; }

// A thread spins that takes the same steps again and again and changes nothing, or repeats a single
// step. One that runs very long alone gives way too: it may look again and again, under a lock, for
// what another is to do.
void note_repetition(Thread& self, const Operation& operation, std::uint32_t run_length) {
  if (changes(operation.action) && !same_step(self.operation, operation))
    self.rounds = {.mark = operation};
  else
    self.rounds.note(operation);
  const bool spins = self.rounds.spun >= spin;
  if (spins) self.rounds.spun = 0;
  self.yielded = gives_way(operation.action) || spins || run_length >= Page::longest_run;
}

}  // namespace

bool at_once(const Thread&, bool) { return true; }

bool Scheduler::is_in_its_process() const {
  return process_ == 0 || raw::call(SYS_getpid) == process_;
}

void Scheduler::begin(Page& page) {
  process_ = static_cast<int>(raw::call(SYS_getpid));
  clear_results(page);
  objects_.begin(page);
  forget_initializations();
  forget_children();
  forget_own_files();
  forget_timers();
  weak_memory.begin(page.spec.weak_memory != 0);
  strategy_ = &strategy_of(page.spec.strategy);
  strategy_->begin(page);
  now_ = 0;
  last_ = 0;
  ending_ = false;
  rescuing_ = false;
  run_length_ = 0;
  thread_count_ = 1;
  outside_ = 0;
  Thread& self = threads_[0];
  alive_[0] = &self;
  alive_count_ = 1;
  self.~Thread();
  new (&self) Thread();
  self.kernel_id = static_cast<std::uint32_t>(raw::thread_id());
  self.handle = pthread_self();
  self.state = Thread::running;
  holder_ = &self;
  page_ = &page;
  page_->threads[0].kernel_id = self.kernel_id;
  current_thread = &self;
  begin_evicting(self);
}

bool Scheduler::step(Thread& self, const Operation& operation, Ready ready, std::uint64_t deadline,
                     bool patient) {
  const Busy busy(self);
  self.signalled = self.interrupted_call = false;
  for (;;) {
    acquire(self);
    note_repetition(self, operation, run_length_);
    self.operation = operation;
    self.ready = ready;
    self.deadline = deadline;
    self.patient = patient && page_->spec.early_timeouts == 0;
    if (page_->spec.stacks != 0) self.stack = note_stack(*page_);
    self.state = Thread::waiting;
    hand_over(self, choose_next(self));
    if (self.signals != 0) {
      handle_signals(self);
    } else if (operation.action == Action::condition_wake || !end_if_cancelled(self)) {
      return self.late;
    }
  }
}

// Takes the right to choose from `self`, who runs. If it was taken away meanwhile, comes back
// first.
void Scheduler::acquire(Thread& self) {
  Thread* mine = &self;
  if (holder_.compare_exchange_strong(mine, choosing())) return;
  come_back(self);
  holder_ = choosing();
}

void Scheduler::give(Thread& self, Thread& next) {
  if (&next == &self) return;
  holder_ = &next;
  next.baton.give();
}

void Scheduler::hand_over(Thread& self, Thread* next) {
  if (next == &self) {
    holder_ = &self;
    return;
  }
  if (next == nullptr) {
    go_idle(self);
  } else {
    give(self, *next);
  }
  await_turn(self);
}

void Scheduler::await_turn(Thread& self) {
  for (;;) {
    while (!self.baton.take(look_interval_ms)) look_after(self);
    if (!self.dumping) break;
    dump(self);
  }
}

}  // namespace redflag::explorer
