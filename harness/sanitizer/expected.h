// What a program declares, and what a tool reports.
#pragma once

#include "model/campaign.h"
#include "model/finding.h"

namespace redflag {

/// Whether `finding` is one that `expected` speaks of: the same kind and, if a function is named,
/// that function of the program's own on one of the stacks (a hang whose stacks nothing could read
/// fits too).
bool fits(const ExpectedFinding& expected, const Finding& finding);

}  // namespace redflag
