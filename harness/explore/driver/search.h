// Runs a program under schedule after schedule and gathers what they show.
#pragma once

#include <redflag/explore.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explore/driver/schedule.h"
#include "explore/driver/steps.h"
#include "explore/driver/target.h"
#include "model/finding.h"

namespace redflag {

struct SearchOptions {
  Strategy strategy = Strategy::pos;
  std::uint64_t schedules = 1000;     ///< at most
  std::optional<double> seconds;      ///< no schedule begins after it, but see `least_schedules`
  std::uint64_t least_schedules = 0;  ///< run even when the time is over; what they show is then
                                      ///< not minimised
  std::uint64_t seed = 1;
  std::uint32_t depth = 3;                       ///< of pct
  std::optional<std::uint32_t> preemptions = 2;  ///< bound of exhaustive; none: every schedule, of
                                                 ///< those that differ only in the order of
                                                 ///< independent steps one
  unsigned jobs = 1;                             ///< of exhaustive always 1
  std::uint64_t max_steps = 200000;              ///< beyond it an execution is a livelock
  bool spurious = false;                         ///< condition variables may wake by themselves
  bool early_timeouts = false;                   ///< a time-out may come though others could go on
  bool weak_memory = false;                      ///< loads of atomics may give older values
  bool until_finding = false;                    ///< end at the first finding
  bool minimise = true;
  std::optional<double> minimise_seconds;  ///< at most, for all findings together; none: 20 for
                                           ///< each or, if `seconds` are given, for all
  /// If given: findings of which it holds are minimised first.
  std::function<bool(const Finding&)> wanted;
  /// If given: time is not over as long as it does not hold of the findings so far.
  std::function<bool(const std::vector<Finding>&)> satisfied;
  bool until_satisfied = false;       ///< and once it holds, all is over
  std::optional<unsigned> first_cpu;  ///< which core executions run on, with jobs also the next
                                      ///< ones; none: the one that the caller runs on
  double hang_after_seconds = 10;     ///< without a step; of noise: without an end
  std::filesystem::path folder;       ///< for schedules and logs; made if it is not there
  const std::atomic<bool>* stop = nullptr;
};

/// What executions saw, as the program told it.
struct SeenOutcome {
  std::string text;
  std::uint64_t count = 0;
  std::uint64_t first_schedule = 0;
};

/// A finding and the schedule that shows it.
struct Discovery {
  Finding finding;
  std::uint64_t first_schedule = 0;  ///< 1-based
  std::uint64_t schedules = 0;       ///< how many showed it
  bool reproduced = false;           ///< a second run of the same schedule showed it again
  std::filesystem::path file;        ///< the schedule, as saved; of noise none
  std::uint32_t preemptions = 0;     ///< in the saved schedule
  std::vector<Step> steps;           ///< of the saved schedule
  std::vector<Step> pending;         ///< what its threads were about to do at its end
};

struct SearchResult {
  std::uint64_t schedules = 0;
  std::uint64_t steps = 0;
  std::uint64_t distinct = 0;      ///< schedules of which no two were equal; of noise unknown: 0
  std::uint64_t with_finding = 0;  ///< schedules that showed any
  std::uint64_t uncontrolled = 0;  ///< in which a thread left the schedule for a call of the system
  std::string uncontrolled_call;   ///< the first such call in words
  bool complete = false;           ///< exhaustive: no schedule is left to be run
  bool instrumented = true;        ///< atomic operations were steps
  bool leaves_state = false;       ///< the second execution in a process is unlike the first, so
                                   ///< each got one of its own
  std::string error;               ///< why it ended early, if it did; what it had found is here
  bool interrupted = false;
  double seconds = 0;
  std::string nondeterminism;  ///< where two runs of one schedule differed; empty: nowhere
  std::vector<SeenOutcome> outcomes;
  std::vector<Discovery> discoveries;                       ///< by first schedule
  std::map<std::vector<std::string>, std::uint64_t> shown;  ///< how many schedules showed exactly
                                                            ///< those signatures together
};

/// What the user sees meanwhile: schedules so far and findings so far.
using SearchProgress = std::function<void(std::uint64_t schedules, std::size_t findings)>;

/// Explores. A schedule file is written as soon as a finding is known. Throws CannotExplore, unless
/// it has found something before (SearchResult::error), and WriteError if the folder cannot be
/// written.
SearchResult search(const Target& target, const SearchOptions& options,
                    const SearchProgress& progress = {});

}  // namespace redflag
