// A finding of the explorer in the terminal.
#pragma once

#include "explore/driver/search.h"

namespace redflag {

/// Prints the finding, its stacks, the interruptions that it needs, and how to replay it.
void print_discovery(const Discovery& discovery, std::uint64_t schedules);

/// Prints steps, one a line, interruptions marked.
void print_steps(const std::vector<Step>& steps);

}  // namespace redflag
