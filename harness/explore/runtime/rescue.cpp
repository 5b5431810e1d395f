// A deadlock in which somebody waits on a condition or a futex: was its wake-up lost, or is what it
// waits for really not so? Both may wake by themselves, so waking the waiter once more is a legal
// schedule: if it goes back to wait, its predicate is false; if it goes on, nothing but the wake-up
// was missing. The deadlock is told before, and what happens here is not part of the execution.
#include "explore/runtime/mutex.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"

extern "C" void redflag_explore_stopped();

namespace redflag::explorer {
namespace {

constexpr std::uint32_t most_rescue_steps = 1000;

bool can_be_rescued(const Thread& thread) {
  if (thread.state != Thread::waiting) return false;
  if (thread.operation.action == Action::futex_wait_return) return true;
  if (thread.operation.action != Action::condition_wake) return false;
  return mutex_is_free(reinterpret_cast<const pthread_mutex_t*>(thread.word), thread);
}

}  // namespace

// Whether there is somebody to wake.
bool Scheduler::rescue(Thread& self) {
  if (rescuing_) end_rescue();
  bool any = false;
  for (std::size_t i = 0; i < thread_count_; ++i) any |= can_be_rescued(threads_[i]);
  if (!any) return false;
  tell(self, End::deadlock);
  rescuing_ = true;
  rescue_steps_ = 0;
  for (std::size_t i = 0; i < thread_count_; ++i) {
    Thread& thread = threads_[i];
    if (!can_be_rescued(thread)) continue;
    thread.rescued_from = thread.operation.object;
    thread.woken = true;
  }
  return true;
}

void Scheduler::watch_rescue() {
  if (++rescue_steps_ > most_rescue_steps) end_rescue();
}

// Those who wait on their condition again did not need to be woken.
void Scheduler::end_rescue() {
  for (std::size_t i = 0; i < thread_count_; ++i) {
    const Thread& thread = threads_[i];
    const Action action = thread.operation.action;
    const bool waits_again =
        thread.state == Thread::waiting && thread.operation.object == thread.rescued_from &&
        (action == Action::condition_wake || action == Action::futex_wait_return);
    if (thread.rescued_from != nullptr && !waits_again) page_->lost_wakeup = 1;
  }
  redflag_explore_stopped();
  raw::exit_process(ended_by_explorer);
}

}  // namespace redflag::explorer
