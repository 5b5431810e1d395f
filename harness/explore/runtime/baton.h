// The hand-over from one thread to the next. A raw futex in code that no sanitizer instruments: a
// sanitizer must see no order between two threads that the program itself did not make.
#pragma once

#include <atomic>
#include <cstdint>

#include "explore/runtime/raw.h"

namespace redflag::explorer {

/// One thread's permission to run. Another thread gives it, its own takes it.
class Baton {
 public:
  void give() {
    given_.store(1, std::memory_order_release);
    raw::futex_wake(given_);
  }

  /// Waits until it is given, at most about `milliseconds`. Whether it was.
  bool take(unsigned milliseconds) {
    const timespec limit = {milliseconds / 1000, static_cast<long>(milliseconds % 1000) * 1000000};
    if (given_.exchange(0, std::memory_order_acquire) != 0) return true;
    raw::futex_wait(given_, 0, &limit);
    return given_.exchange(0, std::memory_order_acquire) != 0;
  }

  void reset() { given_.store(0, std::memory_order_relaxed); }

 private:
  std::atomic<std::uint32_t> given_ = 0;
};

}  // namespace redflag::explorer
