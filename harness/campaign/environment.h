// Where a campaign ran.
#pragma once

#include <string>

#include "model/campaign.h"

namespace redflag {

/// Fills all but budget and jobs.
void describe_environment(Environment& environment);

/// The first line that `compiler --version` prints, or empty if there is no such compiler.
std::string compiler_version(const std::string& compiler);

/// "g++" or "clang++": the command the presets use for "gcc" or "clang".
std::string compiler_command(const std::string& compiler);

}  // namespace redflag
