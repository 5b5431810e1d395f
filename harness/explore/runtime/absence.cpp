// Threads that leave the schedule for a call that nobody models, and come back. Some say so
// (Outside); of the others a waiting thread finds out.
#include "explore/runtime/busy.h"
#include "explore/runtime/kernel_state.h"
#include "explore/runtime/scheduler.h"
#include "explore/runtime/stack.h"

namespace redflag::explorer {

bool names_are_read = false;

namespace {

constexpr unsigned rounds_blocked = 2;     // in the kernel without a step: a call nobody models
constexpr unsigned rounds_naming = 15;     // the same where a sanitizer waits for its symbolizer
constexpr unsigned rounds_computing = 50;  // without a step: others may have to help it

}  // namespace

void Scheduler::note_uncontrolled(const void* caller, long system_call) {
  if (page_->uncontrolled++ != 0) return;
  page_->uncontrolled_caller = reinterpret_cast<std::uint64_t>(caller);
  page_->uncontrolled_number = system_call;
}

void Scheduler::leave(Thread& self, const void* caller) {
  const Busy busy(self);
  acquire(self);
  note_uncontrolled(caller);
  self.operation = {Action::call_return, ObjectType::none, nullptr, caller};
  if (page_->spec.stacks != 0) self.stack = note_stack(*page_);
  ++outside_;
  self.state = Thread::outside;
  Thread* next = choose_next(self);
  if (next == nullptr) {
    go_idle(self);
  } else {
    give(self, *next);
  }
}

void Scheduler::come_back(Thread& self) {
  if (holder_ == &self) return;  // a step in a signal handler did so already
  const Busy busy(self);
  self.operation = {Action::call_return, ObjectType::none, nullptr, self.operation.caller};
  self.ready = at_once;
  self.deadline = no_deadline;
  self.state = Thread::returning;
  --outside_;
  Thread* nobody = nullptr;
  if (holder_.compare_exchange_strong(nobody, choosing())) {
    hand_over(self, choose_next(self));
  } else {
    await_turn(self);  // whoever runs sees it at its next step, and go_idle() before it is idle
  }
}

// Nobody can run. Whoever comes back from outside takes over.
void Scheduler::go_idle(Thread& self) {
  for (;;) {
    holder_ = nullptr;
    bool returning = false;
    for (std::size_t i = 0; i < thread_count_; ++i)
      returning |= threads_[i].state == Thread::returning;
    Thread* nobody = nullptr;
    if (!returning || !holder_.compare_exchange_strong(nobody, choosing())) return;
    if (Thread* next = choose_next(self)) return give(self, *next);
  }
}

// A waiting thread's look at the one that runs: if that is stuck in a call that nobody models, it
// is taken to be outside, and the others go on.
void Scheduler::look_after(Thread& self) {
  for (std::size_t i = 0; i < self.id; ++i) {
    if (threads_[i].state == Thread::waiting) return;  // that one looks
  }
  Thread* runs = holder_;
  if (runs == nullptr || runs == choosing() || runs == &self) return;
  const std::uint64_t steps = page_->total_steps;
  watched_rounds_ = steps == watched_steps_ ? watched_rounds_ + 1 : 0;
  watched_steps_ = steps;
  const unsigned enough = names_are_read ? rounds_naming : rounds_blocked;
  const bool blocked = watched_rounds_ >= enough && is_blocked(static_cast<int>(runs->kernel_id));
  if (!blocked && watched_rounds_ < rounds_computing) return;
  if (!holder_.compare_exchange_strong(runs, choosing())) return;
  watched_rounds_ = 0;
  note_uncontrolled(runs->operation.caller, system_call_of(static_cast<int>(runs->kernel_id)));
  ++outside_;
  runs->state = Thread::outside;
  Thread* next = choose_next(self);
  if (next == nullptr) {
    go_idle(self);
  } else {
    holder_ = next;
    next->baton.give();  // also to itself
  }
}

}  // namespace redflag::explorer
