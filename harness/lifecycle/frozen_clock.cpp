#include "lifecycle/frozen_clock.h"

#include <chrono>
#include <ctime>
#include <optional>

namespace redflag {
namespace {

thread_local std::optional<std::chrono::steady_clock::time_point> frozen;

}  // namespace

FrozenClock::FrozenClock() { frozen = std::chrono::steady_clock::now(); }
FrozenClock::~FrozenClock() { frozen.reset(); }

}  // namespace redflag

// Stands in front of libstdc++'s.
std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  if (redflag::frozen) return *redflag::frozen;
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return time_point(seconds(now.tv_sec) + nanoseconds(now.tv_nsec));
}
