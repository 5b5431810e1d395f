// What programs declare beside what was measured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/campaign.h"

namespace redflag {

/// How often a run showed one thing that its program declares.
struct Calibrated {
  const Run* run = nullptr;
  ExpectedFinding expected;
  Rate rate;              ///< of its processes; in mode explore of its schedules
  double missed = 1;      ///< of a `must`: how likely a campaign is to miss it, at most
  bool too_rare = false;  ///< of a `must`: that is more than once in a million
};

/// A row for each declaration of each run that ran; points into `campaign`. How likely a campaign
/// is to miss a `must` is reckoned from the lower end of the measured rate's 95% interval and from
/// how many long processes (or schedules) a campaign starts before it says *missed*.
std::vector<Calibrated> calibration_of(const Campaign& campaign);

/// Whether all that is declared holds: no `must` is too rare, nothing undeclared was seen.
bool holds(const Campaign& campaign);

}  // namespace redflag
