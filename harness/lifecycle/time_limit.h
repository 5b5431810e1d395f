// Time limits that do not overflow.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace redflag {

/// A moment on the clock that virtual time and the standard waits agree on; nullopt is "never".
using TimeLimit = std::optional<std::chrono::steady_clock::time_point>;

/// now + timeout, or never if the clock cannot say it: now + duration::max() would be in the past.
inline TimeLimit limit_after(std::chrono::steady_clock::duration timeout) {
  using Clock = std::chrono::steady_clock;
  const auto now = Clock::now();
  if (timeout > Clock::time_point::max() - now) return std::nullopt;
  return now + timeout;
}

/// Waits until `ready()` or the limit; returns ready()'s last answer.
template <typename Predicate>
bool wait_within(std::condition_variable& condition, std::unique_lock<std::mutex>& lock,
                 TimeLimit limit, Predicate ready) {
  if (limit) return condition.wait_until(lock, *limit, ready);
  condition.wait(lock, ready);
  return true;
}

}  // namespace redflag
