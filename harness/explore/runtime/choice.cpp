// Who goes on: which threads could, which of them the strategy picks, and what the page is told of
// it.
#include "explore/runtime/cancel.h"
#include "explore/runtime/children.h"
#include "explore/runtime/files.h"
#include "explore/runtime/scheduler.h"
#include "explore/runtime/weak_memory.h"

namespace redflag::explorer {

bool Scheduler::can_go_on(const Thread& thread, bool late) const {
  const Thread::State state = thread.state;
  if (state != Thread::waiting && state != Thread::returning) return false;
  if (thread.signals != 0 || thread.ready(thread, late)) return true;
  // A waiter on a condition ends with its mutex locked, and says itself when it can.
  return is_cancelled(thread) && thread.operation.action != Action::condition_wake;
}

std::uint64_t Scheduler::earliest_deadline() const {
  std::uint64_t earliest = no_deadline;
  for (const Thread* thread : alive()) {
    if (thread->state == Thread::waiting && thread->deadline < earliest &&
        thread->ready(*thread, true))
      earliest = thread->deadline;
  }
  return earliest;
}

// The threads that could go on now. A sleeper can when its time is the next to come: the others may
// be slow. A patient waiter's time comes only when nobody else can go on.
std::size_t Scheduler::collect(Candidate* candidates, bool& only_yielders) {
  const std::uint64_t earliest = earliest_deadline();
  const auto list = [&](bool yielders, bool patient) {
    std::size_t size = 0;
    for (const Thread* each : alive()) {
      const Thread& thread = *each;
      const bool in_time = (yielders || !thread.yielded) && can_go_on(thread, false);
      const bool in_turn = thread.deadline == earliest && earliest != no_deadline &&
                           (yielders || !thread.yielded) && (patient || !thread.patient);
      if (in_time || (in_turn && can_go_on(thread, true)))
        candidates[size++] = {thread.id, thread.operation};
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
    const std::size_t size = collect(candidates_, only_yielders);
    // What waits for the world outside gets a moment before virtual time is let run.
    const bool timed = only_yielders && earliest_deadline() != no_deadline;
    if (size > 0 && !(timed && await_outside(*this, outside_ > 0, true)))
      return &take(self, candidates_, size);
    if (size > 0) continue;
    if (await_outside(*this, outside_ > 0, false)) continue;
    if (outside_ > 0) return nullptr;
    if (await_children()) continue;
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
  for (Thread* thread : alive()) thread->yielded = false;
  if (weak_memory.on()) weak_memory.pass(chosen);
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

}  // namespace redflag::explorer
