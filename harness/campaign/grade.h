// What a run's findings mean.
#pragma once

#include <string>
#include <vector>

#include "model/campaign.h"

namespace redflag {

/// The findings that `run` must show and that are not among `seen`, in words.
std::vector<std::string> missing_findings(const Run& run, const std::vector<Finding>& seen);

/// Sets the verdict of a run that ran, and why. `seen` are the run's findings.
void grade(Run& run, const std::vector<Finding>& seen);

}  // namespace redflag
