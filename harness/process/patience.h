// How long a child has shown no sign of life.
#pragma once

#include <algorithm>
#include <chrono>

namespace redflag {

/// Counts only time in which the watching process ran too. When the whole machine stands still for
/// seconds (a virtual machine that is suspended, memory that is swapped), no child of it hangs.
/// Times are those of std::chrono::steady_clock. Not thread-safe.
class Patience {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;
  /// Longer than this between two looks is the machine's doing.
  static constexpr Duration longest_look = std::chrono::seconds(1);

  explicit Patience(Time now) : seen_(now) {}
  /// A sign of life.
  void renew(Time now) {
    waited_ = Duration::zero();
    seen_ = now;
  }
  /// To be called often. How long there was no sign of life.
  Duration look(Time now) {
    waited_ += std::min(now - seen_, longest_look);
    seen_ = now;
    return waited_;
  }

 private:
  Time seen_;
  Duration waited_ = Duration::zero();
};

}  // namespace redflag
