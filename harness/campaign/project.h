// The scenarios as they stand on disk.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/campaign.h"

namespace redflag {

/// What was asked for cannot be: exit code 2. what() says what was wrong and what would be right.
class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was asked for cannot be done here: exit code 3. what() says how to mend it.
class CannotRun : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A checkout of redflag: where its scenarios and presets are.
struct Project {
  std::filesystem::path root;
};

/// `wanted` if given, else the folder at or above the current one that holds a checkout, else the
/// one this redflag was built from. Throws CannotRun if that is none.
Project find_project(const std::optional<std::filesystem::path>& wanted);

/// A file of the checkout. Throws CannotRun if it cannot be read.
std::string file_text(const std::filesystem::path& file);

/// Every scenario, by article section and then by name, with sources and lesson. Throws CannotRun
/// if a lesson does not begin as lessons do (see CONTRIBUTING.md).
std::vector<ScenarioInfo> read_scenarios(const Project& project);

/// The parts of a lesson's head: "# Title", an empty line, "Article §4.1. One sentence."
/// Throws CannotRun naming `file` if they are not there.
void read_lesson_head(const std::string& lesson, const std::string& file, ScenarioInfo& info);

}  // namespace redflag
