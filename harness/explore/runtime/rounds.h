// Whether a thread goes round and round. It is found out as Brent does for a sequence of numbers:
// its steps are compared with one of them, and ever later ones are taken for that.
#pragma once

#include <cstdint>

#include "explore/runtime/strategy.h"

namespace redflag::explorer {

inline bool same_step(const Operation& a, const Operation& b) {
  return a.action == b.action && a.object == b.object && a.caller == b.caller;
}

/// Not thread-safe: used by the thread that runs.
struct Rounds {
  Operation mark = {};      ///< the step that tells when a round is complete
  std::uint32_t steps = 0;  ///< since then
  std::uint32_t limit = 1;  ///< so many without a round: a later step is the mark
  std::uint32_t spun = 0;   ///< steps of complete rounds

  void note(const Operation& operation) {
    ++steps;
    if (same_step(mark, operation)) {
      spun += steps;
      steps = 0;
    } else if (steps == limit) {
      mark = operation;
      limit *= 2;
      steps = 0;
    }
  }
};

}  // namespace redflag::explorer
