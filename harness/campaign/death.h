// What the way a program ended means.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/finding.h"
#include "process/child.h"
#include "process/shared_page.h"

namespace redflag {

/// The finding in how the program ended, or nothing if it ended well or `others` explain its end
/// (a sanitizer that reported and then stopped it). `tool_errors`: how a sanitizer's own runtime
/// failed, which ends the program too.
std::optional<Finding> finding_of_death(const std::filesystem::path& program, const Ended& ended,
                                        const ProgramStatus& status,
                                        const std::vector<std::string>& tool_errors,
                                        const std::vector<Finding>& others);

/// Whether a process that was found to hang did: one that ended by itself, before it could be
/// killed for that, was only on its way out.
bool did_hang(const Ended& ended);

/// Why this process says nothing about the program, or empty: without any finding it could not be
/// started, the sanitizer's runtime gave up, or it ended before its first execution.
std::string harness_error(const Ended& ended, const ProgramStatus& status,
                          const std::vector<std::string>& tool_errors,
                          const std::vector<Finding>& findings);

}  // namespace redflag
