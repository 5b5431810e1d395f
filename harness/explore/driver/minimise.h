// The simplest schedule that still shows a finding.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "explore/driver/fork_server.h"

namespace redflag {

/// Runs `steps` again with ever fewer interruptions (moments at which a thread that could have gone
/// on was stopped) and choices other than the first (loads of old values), as long as `still_shows`
/// holds: first without some of its own, then by search for a schedule that has fewer interruptions
/// elsewhere. Returns the steps of the run with the fewest. At most one run more than `most_runs`;
/// after `most_time` begins at most one more.
std::vector<std::uint16_t> minimise(ForkServer& server, const explorer::Spec& spec,
                                    const std::vector<std::uint16_t>& steps,
                                    const std::function<bool(const Execution&)>& still_shows,
                                    unsigned most_runs, std::chrono::milliseconds most_time);

}  // namespace redflag
