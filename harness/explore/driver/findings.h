// What an execution under the explorer showed.
#pragma once

#include <string>
#include <vector>

#include "explore/driver/fork_server.h"
#include "explore/driver/steps.h"
#include "model/finding.h"

namespace redflag {

/// The findings of an execution: the sanitizer's, named by `namer` where it gave no names, and the
/// explorer's own (deadlock, lost wake-up, livelock, leaked threads, the way the program ended).
std::vector<Finding> findings_of(const explorer::Page& page, const Execution& execution,
                                 Namer& namer);

/// `unnamed`, with what the sanitizer told taken from `named` if nothing of it is missing there. A
/// slow symbolizer can make a thread lose its turn, and then a schedule cannot be followed to its
/// end; what was told by then has names all the same.
std::vector<Finding> with_names(std::vector<Finding> unnamed, const std::vector<Finding>& named);

}  // namespace redflag
