// The verbs of the redflag command: a file each, which knows nothing of how its options are written
// (command_line.cpp does).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "campaign/plan.h"

namespace redflag {

/// 0 as expected; 1 findings, or verdicts not as expected; 2 wrong usage; 3 could not run what was
/// asked. The verbs throw UsageError for the third, anything else for the fourth.
enum class Exit { ok = 0, findings = 1, usage = 2, cannot_run = 3 };

struct RunOptions {
  Request request;
  std::string budget = "60s";
  std::string hang_after = "10s";
  std::string out = "redflag-results";
  std::optional<std::filesystem::path> source;  ///< the checkout; absent: found
  bool bench = false;
};
Exit run(RunOptions options);

struct CheckOptions {
  std::filesystem::path program;
  std::string mode;
  std::string budget = "2s";
  std::string hang_after = "10s";
  std::optional<std::filesystem::path> logs;  ///< absent: a folder that is removed afterwards
};
Exit check(const CheckOptions& options);

struct CatalogueOptions {
  std::optional<std::filesystem::path> source;
  std::string scenario;  ///< of show
};
Exit list(const CatalogueOptions& options);
Exit show(const CatalogueOptions& options);

Exit report(const std::filesystem::path& folder);
Exit doctor();

}  // namespace redflag
