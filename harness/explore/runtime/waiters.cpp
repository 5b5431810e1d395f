#include "explore/runtime/waiters.h"

#include <algorithm>

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {
namespace {

bool is(const Operation& operation, Action action, const volatile void* object) {
  return operation.action == action && operation.object == object;
}

bool waits(const Thread& thread, Action action, const volatile void* object, std::uint64_t mask) {
  // Also while it handles a signal.
  return (is(thread.interrupted, action, object) ||
          (thread.state == Thread::waiting && is(thread.operation, action, object))) &&
         !thread.woken && (thread.word & mask) != 0;
}

void wake(std::size_t nth, Action action, const volatile void* object, std::uint64_t mask) {
  for (Thread* thread : scheduler.alive()) {
    if (waits(*thread, action, object, mask) && nth-- == 0) {
      thread->woken = true;
      return;
    }
  }
}

}  // namespace

std::size_t count_waiters(Action action, const volatile void* object, std::uint64_t mask) {
  return static_cast<std::size_t>(std::ranges::count_if(
      scheduler.alive(),
      [&](const Thread* thread) { return waits(*thread, action, object, mask); }));
}

std::size_t wake_waiters(Thread& self, Action action, const volatile void* object, std::size_t most,
                         std::uint64_t mask) {
  std::size_t woken = 0;
  std::size_t waiting = count_waiters(action, object, mask);
  for (; woken < most && waiting > 0; ++woken, --waiting) {
    // Who wakes first matters only if some do not.
    const bool all = waiting <= most - woken;
    wake(all ? 0 : scheduler.choose(self, static_cast<std::uint32_t>(waiting)), action, object,
         mask);
  }
  return woken;
}

std::size_t move_waiters(Action action, const volatile void* from, const volatile void* to,
                         std::size_t most) {
  std::size_t moved = 0;
  for (Thread* thread : scheduler.alive()) {
    if (moved == most) break;
    if (!waits(*thread, action, from, any_word)) continue;
    (is(thread->interrupted, action, from) ? thread->interrupted : thread->operation).object = to;
    ++moved;
  }
  return moved;
}

bool woken_or_late(const Thread& thread, bool late) { return thread.woken || late; }

}  // namespace redflag::explorer
