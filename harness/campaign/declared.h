// What a program declares, brought into its run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "model/campaign.h"
#include "model/json.h"

namespace redflag {

/// Notes what the run must and may show. Whether the program is built as the run wants it: the
/// program tells what it is, the build system's word is not taken for it. If not, the run's status
/// and reasons say so.
bool take_description(Run& run, const Description& description, const std::filesystem::path& file);

/// Counts an outcome that was seen.
void add_outcome(Run& run, const Description& description, const std::string& text,
                 std::uint64_t count, std::uint64_t first_execution);

/// Adds what was declared and never happened: a forbidden outcome's row with its zero is the good
/// news.
void add_unseen_outcomes(Run& run, const Description& description);

}  // namespace redflag
