// A deadlock in which somebody waits on a condition: was its wake-up lost, or is what it waits for
// really not so? A condition variable may wake by itself, so waking the waiter once more is a legal
// schedule: if it goes back to wait, its predicate is false; if it goes on, nothing but the wake-up
// was missing. The deadlock is told before, and what happens here is not part of the execution.
#include "explore/runtime/mutex.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"

extern "C" void redflag_explore_stopped();

namespace redflag::explorer {
namespace {

constexpr std::uint32_t most_rescue_steps = 1000;

// What a waiter does between waking and waiting again.
bool looks_at_predicate(Action action) {
  switch (action) {
    case Action::condition_wake:
    case Action::condition_wait:
    case Action::mutex_lock:
    case Action::mutex_unlock:
    case Action::atomic_load:
    case Action::clock_read:
    case Action::yield:
      return true;
    default:
      return false;
  }
}

bool can_be_rescued(const Thread& thread) {
  if (thread.state != Thread::waiting || thread.operation.action != Action::condition_wake)
    return false;
  return mutex_is_free(reinterpret_cast<const pthread_mutex_t*>(thread.word), thread);
}

}  // namespace

// Whether there is somebody to wake.
bool Scheduler::rescue(Thread& self) {
  if (rescuing_) end_rescue(false);  // they wait again
  bool any = false;
  for (std::size_t i = 0; i < thread_count_; ++i) any |= can_be_rescued(threads_[i]);
  if (!any) return false;
  tell(self, End::deadlock);
  rescuing_ = true;
  rescue_steps_ = 0;
  for (std::size_t i = 0; i < thread_count_; ++i) {
    Thread& thread = threads_[i];
    thread.rescued = can_be_rescued(thread);
    thread.woken |= thread.rescued;
  }
  return true;
}

// `chosen` is about to go on.
void Scheduler::watch_rescued(const Thread& chosen) {
  if (chosen.rescued && !looks_at_predicate(chosen.operation.action)) end_rescue(true);
  if (++rescue_steps_ > most_rescue_steps) end_rescue(false);
}

void Scheduler::end_rescue(bool somebody_went_on) {
  page_->lost_wakeup = somebody_went_on ? 1 : 0;
  redflag_explore_stopped();
  raw::exit_process(ended_by_explorer);
}

}  // namespace redflag::explorer
