// What a run's findings mean.
#pragma once

#include <string>
#include <vector>

#include "model/campaign.h"

namespace redflag {

/// Whether `finding` is one that `expected` speaks of: the same kind and, if a function is named,
/// that function on one of the stacks (a hang whose stacks nothing could read fits too).
bool fits(const ExpectedFinding& expected, const Finding& finding);

/// The findings that `run` must show and that are not among `seen`, in words.
std::vector<std::string> missing_findings(const Run& run, const std::vector<Finding>& seen);

/// Sets the verdict of a run that ran, and why. `seen` are the run's findings.
void grade(Run& run, const std::vector<Finding>& seen);

}  // namespace redflag
