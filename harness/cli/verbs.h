// The verbs of the redflag command: a file each, which knows nothing of how its options are written
// (command_line.cpp does).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "campaign/plan.h"

namespace redflag {

/// 0 as expected; 1 findings, or verdicts not as expected; 2 wrong usage; 3 could not run what was
/// asked. The verbs throw UsageError for the third, anything else for the fourth.
enum class Exit { ok = 0, findings = 1, usage = 2, cannot_run = 3 };

struct RunOptions {
  Request request;
  std::optional<std::string> budget;  ///< absent: 60 s, less for few named scenarios
  std::string hang_after = "10s";
  std::string out = "redflag-results";
  std::optional<std::filesystem::path> source;  ///< the checkout; absent: found
  bool bench = false;
};
Exit run(RunOptions options);

struct CheckOptions {
  std::filesystem::path program;
  std::string mode;
  std::string budget = "1s";
  std::string hang_after = "10s";
  std::optional<std::filesystem::path> logs;  ///< absent: a folder that is removed afterwards
};
Exit check(const CheckOptions& options);

struct CatalogueOptions {
  std::optional<std::filesystem::path> source;
  std::string scenario;         ///< of show
  bool diff = false;            ///< of show: what the fix changes, nothing else
  bool answer = false;          ///< of show: the answer to the exercise too
  std::string language = "en";  ///< of show: of the lesson, "en" or "zh"
};
Exit list(const CatalogueOptions& options);
Exit show(const CatalogueOptions& options);

struct ExploreProgramOptions {
  std::vector<std::string> program;  ///< and its arguments
  std::string strategy = "pos";
  std::uint64_t schedules = 1000;
  std::optional<std::string> time;
  std::uint64_t seed = 1;
  std::uint32_t depth = 3;
  std::string preemptions = "2";
  unsigned jobs = 1;
  std::uint64_t max_steps = 200000;
  bool spurious = false;
  bool early_timeouts = false;
  bool weak_memory = false;
  bool until_finding = false;
  bool no_minimise = false;
  std::string hang_after = "10s";
  std::filesystem::path out = "redflag-explore";
};
Exit explore_program(const ExploreProgramOptions& options);

struct ReplayOptions {
  std::filesystem::path file;
  bool trace = false;
  bool gdb = false;
  std::optional<std::filesystem::path> chrome_trace;
  unsigned times = 1;
};
Exit replay(const ReplayOptions& options);

struct LessonsOptions {
  std::optional<std::filesystem::path> source;
  bool check = false;  ///< say which are stale, write none
};
Exit lessons(const LessonsOptions& options);

Exit report(const std::filesystem::path& folder);
Exit doctor();

}  // namespace redflag
