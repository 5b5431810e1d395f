// Results of an earlier run.
#pragma once

#include <filesystem>

#include "model/campaign.h"

namespace redflag {

/// The campaign in `folder`/results.json. Throws CannotRun if there is none that can be used.
Campaign read_results(const std::filesystem::path& folder);

}  // namespace redflag
