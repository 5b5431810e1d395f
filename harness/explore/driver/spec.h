// What a search asks of one execution.
#pragma once

#include <cstdint>

#include "explore/driver/search.h"
#include "explore/page.h"

namespace redflag {

/// To follow a prefix, which is empty or goes with it, and then to switch threads as little as can
/// be.
explorer::Spec prefix_spec(const SearchOptions& options);

/// Spec::eviction of the schedule of that number.
std::uint32_t eviction_of(const SearchOptions& options, std::uint64_t schedule);

/// The schedule of that number by the strategy that the search samples with. `expected_steps`:
/// about how long an execution is.
explorer::Spec sampling_spec(const SearchOptions& options, std::uint64_t schedule,
                             std::uint64_t expected_steps);

}  // namespace redflag
