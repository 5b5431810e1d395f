// Pseudo-random numbers (SplitMix64, Steele, Lea and Flood, OOPSLA 2014): small, and the same on
// every machine.
#pragma once

#include <cstdint>

namespace redflag::explorer {

class Dice {
 public:
  constexpr explicit Dice(std::uint64_t seed = 0) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
    return z ^ (z >> 31U);
  }

  /// A number below `bound`, which is at least 1 and at most 2^32.
  std::uint64_t below(std::uint64_t bound) { return ((next() >> 32U) * bound) >> 32U; }

 private:
  std::uint64_t state_;
};

/// A number that every bit of `value` has a part in.
inline std::uint64_t mixed(std::uint64_t value) { return Dice(value).next(); }

}  // namespace redflag::explorer
