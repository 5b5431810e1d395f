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
#include "explore/runtime/files.h"
#include "explore/runtime/once.h"
#include "explore/runtime/stack.h"

namespace redflag::explorer {

constinit thread_local Thread* current_thread __attribute__((tls_model("initial-exec"))) = nullptr;
constinit Scheduler scheduler;  // ready before any constructor runs

namespace {

constexpr unsigned look_interval_ms = 200;
constexpr std::uint32_t spin = 50;          // steps of rounds that change nothing are waiting
constexpr std::uint32_t longest_run = 500;  // steps in a row while others could go on

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
  self.yielded = gives_way(operation.action) || spins || run_length >= longest_run;
}

}  // namespace

bool at_once(const Thread&, bool) { return true; }

void Scheduler::begin(Page& page) {
  clear_results(page);
  objects_.begin(page);
  forget_initializations();
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
  self.~Thread();
  new (&self) Thread();
  self.kernel_id = static_cast<std::uint32_t>(raw::thread_id());
  self.handle = pthread_self();
  self.state = Thread::running;
  holder_ = &self;
  page_ = &page;
  page_->threads[0].kernel_id = self.kernel_id;
  current_thread = &self;
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
    self.patient = patient;
    if (page_->spec.stacks != 0) self.stack = note_stack(*page_);
    self.state = Thread::waiting;
    hand_over(self, choose_next(self));
    if (self.signals == 0) return self.late;
    handle_signals(self);
  }
}

std::uint32_t Scheduler::choose(Thread& self, std::uint32_t options) {
  if (options < 2) return 0;
  const std::uint32_t value = strategy_->choose(options);
  if (strategy_->diverged()) stop(self, End::diverged);
  if (page_->event_count < Page::most_events) {
    Event& event = page_->events[page_->event_count++];
    event.thread = static_cast<std::uint16_t>(self.id);
    event.action = Action::choice;
    event.flags = 0;
    event.object = 0;
    event.caller = 0;
    event.enabled = options;
    event.stack = no_stack;
    event.value = value;
  }
  page_->hash = (page_->hash ^ (value + 1)) * 0x100000001b3;
  return value;
}

// Takes the right to choose from `self`, who runs. If it was taken away meanwhile, comes back
// first.
void Scheduler::acquire(Thread& self) {
  Thread* mine = &self;
  if (holder_.compare_exchange_strong(mine, choosing())) return;
  come_back(self);
  holder_ = choosing();
}

// --- the beginning and the end of a thread

Thread* Scheduler::add_thread(Thread& parent, const void* caller) {
  if (thread_count_ == Page::most_threads) stop(parent, End::overflow);
  Thread& thread = threads_[thread_count_];
  thread.~Thread();
  new (&thread) Thread();
  thread.id = static_cast<std::uint32_t>(thread_count_++);
  thread.parent = parent.id;
  thread.created_by = caller;
  thread.created_stack = parent.stack;
  thread.operation = {Action::thread_start, ObjectType::thread, &thread, caller};
  thread.ready = at_once;
  page_->thread_count = static_cast<std::uint32_t>(thread_count_);
  if (!rescuing_) page_->threads[thread.id].finished = 0;
  return &thread;
}

void Scheduler::drop_thread(Thread& thread) {
  if (thread.id + 1 == thread_count_)
    page_->thread_count = static_cast<std::uint32_t>(--thread_count_);
}

void Scheduler::enter(Thread& self) {
  self.kernel_id = static_cast<std::uint32_t>(raw::thread_id());
  Page* const page = page_;  // null if the execution has ended meanwhile
  if (page != nullptr) page->threads[self.id].kernel_id = self.kernel_id;
  raw::futex_wake(self.kernel_id);
  const Busy busy(self);
  current_thread = &self;
  await_turn(self);
  if (self.signals != 0) handle_signals(self);
}

void Scheduler::finish(Thread& self) {
  const Busy busy(self);
  acquire(self);
  self.state = Thread::finished;
  if (!rescuing_) page_->threads[self.id].finished = 1;
  current_thread = nullptr;
  if (everyone_is_done()) return finish_process();  // the main thread called pthread_exit()
  Thread* next = choose_next(self);
  if (next == nullptr) {
    go_idle(self);
  } else {
    give(self, *next);
  }
}

bool Scheduler::alone(const Thread& self) const {
  for (std::size_t i = 0; i < thread_count_; ++i) {
    if (i != self.id && threads_[i].state != Thread::finished) return false;
  }
  return true;
}

// --- choosing

bool Scheduler::can_go_on(const Thread& thread, bool late) const {
  const Thread::State state = thread.state;
  if (state != Thread::waiting && state != Thread::returning) return false;
  return thread.signals != 0 || thread.ready(thread, late);
}

std::uint64_t Scheduler::earliest_deadline() const {
  std::uint64_t earliest = no_deadline;
  for (std::size_t i = 0; i < thread_count_; ++i) {
    const Thread& thread = threads_[i];
    if (thread.state == Thread::waiting && thread.deadline < earliest && thread.ready(thread, true))
      earliest = thread.deadline;
  }
  return earliest;
}

// The threads that could go on now. A sleeper can when its time is the next to come: the others may
// be slow. A patient waiter's time comes only when nobody else can go on.
std::size_t Scheduler::collect(Candidate* candidates, const Thread&, bool& only_yielders) {
  const std::uint64_t earliest = earliest_deadline();
  const auto list = [&](bool yielders, bool patient) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < thread_count_; ++i) {
      const Thread& thread = threads_[i];
      const bool in_time = (yielders || !thread.yielded) && can_go_on(thread, false);
      const bool in_turn = thread.deadline == earliest && earliest != no_deadline &&
                           (yielders || !thread.yielded) && (patient || !thread.patient);
      if (in_time || (in_turn && can_go_on(thread, true)))
        candidates[size++] = {static_cast<std::uint32_t>(i), thread.operation};
    }
    return size;
  };
  only_yielders = false;
  const std::size_t size = list(false, false);
  if (size > 0) return size;
  only_yielders = true;  // all spin: somebody's time must be up
  return list(true, true);
}

Thread* Scheduler::choose_next(Thread& self) {
  for (;;) {
    bool only_yielders = false;
    const std::size_t size = collect(candidates_, self, only_yielders);
    // What waits for the world outside gets a moment before virtual time is let run.
    const bool timed = only_yielders && earliest_deadline() != no_deadline;
    if (size > 0 && !(timed && await_outside(*this, outside_ > 0, true)))
      return &take(self, candidates_, size);
    if (size > 0) continue;
    if (await_outside(*this, outside_ > 0, false)) continue;
    if (outside_ > 0) return nullptr;
    if (ending_) {  // all that is left waits for ever
      Thread& owner = threads_[0];
      owner.late = true;
      owner.state = Thread::running;
      return &owner;
    }
    if (!rescue(self)) stop(self, End::deadlock);
  }
}

Thread& Scheduler::take(Thread& self, const Candidate* candidates, std::size_t size) {
  Thread& before = threads_[last_];
  Point point = {candidates, size, size, before.yielded, last_};
  for (std::size_t i = 0; i < size; ++i) {
    if (candidates[i].thread == last_) point.current = i;
  }
  const std::size_t picked = strategy_->pick(point);
  Thread& chosen = threads_[candidates[picked].thread];
  const bool could = point.current < size && !before.yielded;
  if (strategy_->diverged()) {
    page_->diverged_at = page_->steps;
    stop(self, End::diverged);
  }
  chosen.late = !can_go_on(chosen, false);
  if (chosen.late && chosen.deadline > now_) now_ = chosen.deadline;
  chosen.outlived |= chosen.outlives;
  if (rescuing_) {
    watch_rescue();
  } else {
    note(chosen, before, could, candidates, size);
  }
  for (std::size_t i = 0; i < thread_count_; ++i) threads_[i].yielded = false;
  chosen.state = Thread::running;
  page_->total_steps.store(page_->total_steps.load(std::memory_order_relaxed) + 1,
                           std::memory_order_relaxed);
  if (size > 1) ++run_length_;
  if (chosen.id != last_) run_length_ = 0;
  last_ = chosen.id;
  if (!rescuing_ && ++page_->steps > page_->spec.max_steps) stop(self, End::livelock);
  return chosen;
}

void Scheduler::note(const Thread& chosen, const Thread& before, bool before_could,
                     const Candidate* candidates, std::size_t size) {
  const Operation& operation = chosen.operation;
  const std::uint32_t object = objects_.index_of(operation.type, operation.object);
  const bool preempts = before_could && chosen.id != before.id;
  if (preempts) ++page_->preemptions;
  const std::uint64_t told = (std::uint64_t{chosen.id} << 40U) ^
                             (static_cast<std::uint64_t>(operation.action) << 32U) ^ object;
  page_->hash = (page_->hash ^ told) * 0x100000001b3;
  page_->hash ^= page_->hash >> 29U;
  if (page_->event_count == Page::most_events) return;
  Event& event = page_->events[page_->event_count++];
  event.thread = static_cast<std::uint16_t>(chosen.id);
  event.action = operation.action;
  event.flags = static_cast<std::uint8_t>(
      (chosen.late ? Event::late : 0) | (preempts ? Event::preemption : 0) |
      (size > 1 ? Event::free_choice : 0) | (before.yielded ? Event::gave_way : 0));
  event.object = object;
  event.caller = reinterpret_cast<std::uint64_t>(operation.caller);
  event.enabled = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (candidates[i].thread < 64) event.enabled |= std::uint64_t{1} << candidates[i].thread;
  }
  event.stack = chosen.stack;
  event.value = objects_.index_of(ObjectType::mutex, operation.mutex);
}

// --- handing over

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
