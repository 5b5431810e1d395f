// Builds the programs of a campaign through the CMake presets.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "campaign/project.h"

namespace redflag {

/// Called with one line a step: "configuring tsan", "building 27 programs for tsan".
using BuildProgress = std::function<void(const std::string&)>;

/// Configures `preset`, unless that is done, and builds `targets`. Returns the targets that could
/// not be built and why (all of them if the preset cannot be configured); one that fails does not
/// stop the others. When `stop` becomes true the build is ended and what is not built counts as
/// failed.
std::map<std::string, std::string> build(const Project& project, const std::string& preset,
                                         const std::vector<std::string>& targets, unsigned jobs,
                                         const std::atomic<bool>& stop,
                                         const BuildProgress& progress);

}  // namespace redflag
