// The cost of safety: runs the programs of bench/ and pairs unsafe with safe.
#pragma once

#include <atomic>
#include <string_view>
#include <vector>

#include "campaign/build.h"
#include "model/campaign.h"

namespace redflag {

/// Builds and runs the benchmarks (preset `plain`) and returns one cost for each pair of them whose
/// scenario is in the campaign. Throws CannotRun if they cannot be built or run.
std::vector<Cost> measure_costs(const Project& project, const Campaign& campaign,
                                const std::atomic<bool>& stop, const BuildProgress& progress);

/// The pairs in Google Benchmark's JSON. A benchmark's name is SCENARIO/OPERATION/unsafe or
/// …/safe, with Google Benchmark's own suffixes behind it; of repetitions the median counts.
/// Throws CannotRun if it is no such JSON.
std::vector<Cost> costs_from_json(std::string_view text);

}  // namespace redflag
