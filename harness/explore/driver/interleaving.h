// The order of steps that shows a finding, short enough to be read.
#pragma once

#include <vector>

#include "explore/driver/steps.h"
#include "model/finding.h"

namespace redflag {

/// Of `steps`, where threads change: of what a thread does in a row the first and the last step.
/// Then `pending`. At most `most` in all, from both ends; every step knows how many before it are
/// left out.
std::vector<InterleavingStep> interleaving_of(const std::vector<Step>& steps,
                                              const std::vector<Step>& pending,
                                              std::size_t most = 60);

}  // namespace redflag
