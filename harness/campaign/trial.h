// One process of a stress run: start it, watch it, read all that it and the sanitizers said.
#pragma once

#include <redflag/mode.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "explore/driver/target.h"
#include "model/finding.h"
#include "model/json.h"
#include "process/child.h"
#include "process/shared_page.h"

namespace redflag {

struct TrialPlan {
  std::filesystem::path program;
  Mode mode = Mode::plain;
  Description description;
  std::uint64_t executions = 1000;  ///< at most
  double seconds = 0.1;             ///< no execution begins after it
  double hang_after_seconds = 10;   ///< without a finished execution; six times as long to begin
  std::optional<int> cpu;           ///< the one core to run on
  const Target* noisy = nullptr;    ///< if given: the program, with random delays
  std::uint64_t noise_seed = 0;
  std::filesystem::path log;                ///< where its log would be
  const std::atomic<bool>* stop = nullptr;  ///< when it becomes true the process is ended
};

struct Trial {
  std::string harness_error;  ///< why it says nothing about the program; empty: it does
  bool interrupted = false;
  std::uint64_t executions = 0;                ///< begun
  std::optional<std::uint64_t> first_finding;  ///< the execution, 1-based
  std::uint64_t leaked_threads = 0;
  std::vector<ProgramStatus::Outcome> outcomes;
  std::vector<Finding> findings;  ///< each signature once
  bool timed_out = false;         ///< it hung, and only the time limit could tell
  std::string log_text;           ///< all that there is to keep
};

/// Runs the program once. Never throws for anything that the program does; thread-safe.
Trial run_trial(const TrialPlan& plan);

}  // namespace redflag
