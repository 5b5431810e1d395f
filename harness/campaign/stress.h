// A stress run: one program, process after process, until its time is over.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <vector>

#include "campaign/trial.h"
#include "model/campaign.h"

namespace redflag {

/// What a `must` is measured by: so many processes or executions. A safe program runs so long.
inline constexpr std::uint64_t calibration_processes = 200;
inline constexpr std::uint64_t calibration_executions = 10000;
inline constexpr double calibration_seconds = 60;

struct StressPlan {
  std::filesystem::path program;
  Description description;                ///< what the program says of itself
  std::filesystem::path log_folder;       ///< made if it is not there
  std::filesystem::path campaign_folder;  ///< what log names are relative to
  double seconds = 1.5;                   ///< no process starts after it, but see `least_processes`
  unsigned least_processes = 8;           ///< started even when the time is over
  /// As long as something that must be seen was not, so many are started whatever the time: a
  /// finding that every fourth process shows is then missed less than once in ten million runs.
  unsigned processes_before_missed = 60;
  /// How long each of these runs. On a busy machine the executions of a short one may each be over
  /// before a second core is free: no two threads ever run at the same time.
  double seconds_before_missed = 1;
  bool calibrate = false;       ///< for as long as a calibration wants, whatever the time
  bool until_expected = false;  ///< stop as soon as all that must be seen was seen
  double hang_after_seconds = 10;
  std::optional<unsigned> worker;  ///< which of the runs that go on at the same time this is
  const std::atomic<bool>* stop = nullptr;
};

/// Fills `run` (status, verdict, counts, findings), whose scenario, variant, side, mode and
/// compiler are set, and returns its findings, one a signature and tool. Thread-safe. Throws
/// std::filesystem::filesystem_error or WriteError if a log cannot be written.
std::vector<Finding> stress(Run& run, const StressPlan& plan,
                            const std::function<Trial(const TrialPlan&)>& trial = run_trial);

/// What the program says of itself. Throws CannotRun if it says nothing that can be read.
Description ask_for_description(const std::filesystem::path& file);

}  // namespace redflag
