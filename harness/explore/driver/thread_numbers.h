// One number a thread, whoever tells of it.
#pragma once

#include <string>

#include "explore/page.h"

namespace redflag {

/// A ThreadSanitizer report with the explorer's numbers of the threads, as steps and schedules have
/// them. The tool's own go on from execution to execution of a process. Threads that the page does
/// not know keep theirs.
std::string with_explorers_numbers(const explorer::Page& page, std::string report);

}  // namespace redflag
