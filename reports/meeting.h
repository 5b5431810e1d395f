// Where the sides of a finding stand beside its interleaving.
#pragma once

#include <string>
#include <vector>

#include "reports/view.h"

namespace redflag::reports {

/// A cell for each of threads_of(finding): what its thread does in the finding ("read of size 4,
/// unsafe.cpp:12 in count"), or empty. The interleaving has no rows for that: its steps are where
/// threads synchronise, and the accesses of a race stand somewhere between two of them. Empty if
/// the finding has no interleaving, or a side's thread is not in it.
std::vector<std::string> meeting_of(const Scenario& scenario, const Finding& finding);

/// "unsafe.cpp:12 in count", or only the function if the file is not known.
std::string place_of(const Frame& frame);

}  // namespace redflag::reports
