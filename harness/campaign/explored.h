// A run in mode explore: one program, schedule after schedule.
#pragma once

#include <vector>

#include "campaign/stress.h"
#include "model/campaign.h"

namespace redflag {

/// As stress(), under the explorer. An unsafe program is run by partial-order sampling, and longer
/// than its time while something that it must show was not seen: only after `most_schedules` it is
/// *missed*. A safe one is searched exhaustively, without a bound for an eighth of its time; if
/// that does not end, within two preemptions; and if that does not either, by sampling. Then it is
/// sampled with early time-outs and spurious wake-ups, with which there is no end of schedules. A
/// calibration gives an unsafe program `most_schedules`, and a safe one `calibration_schedules` if
/// it cannot be searched without a bound, and `calibration_disturbed`. Thread-safe.
std::vector<Finding> explored(Run& run, const StressPlan& plan);

/// stress() or explored(), as the run's mode wants it.
std::vector<Finding> carry_out(Run& run, const StressPlan& plan);

inline constexpr std::uint64_t most_schedules = 1000;
inline constexpr std::uint64_t calibration_schedules = 100000;
inline constexpr std::uint64_t calibration_disturbed = 10000;

}  // namespace redflag
