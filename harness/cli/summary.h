// A campaign's end in the terminal.
#pragma once

#include <filesystem>

#include "model/campaign.h"

namespace redflag {

/// Prints a table (a line each variant, a column each mode), what is not as expected and why, and
/// where the report is.
void print_summary(const Campaign& campaign, const std::filesystem::path& folder);

/// Prints the lines of a run's reasons, set off from what stands above them.
void print_reasons(const Run& run);

/// Prints how often each run showed what its program declares, and which `must` is too rare.
void print_calibration(const Campaign& campaign);

}  // namespace redflag
