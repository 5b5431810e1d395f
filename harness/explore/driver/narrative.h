// What the explorer found, for people.
#pragma once

#include <string>
#include <vector>

#include "explore/driver/search.h"

namespace redflag {

/// The finding, its stacks, the interruptions that it needs, and how to replay it. `schedules`: how
/// many were run.
std::string in_words(const Discovery& discovery, std::uint64_t schedules);

/// Steps, one a line, interruptions marked.
std::string in_words(const std::vector<Step>& steps);

/// How many schedules there were and whether that was all; without the findings themselves.
std::string in_words(const SearchResult& result, const SearchOptions& options);

}  // namespace redflag
