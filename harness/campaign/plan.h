// Which runs a campaign has.
#pragma once

#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "campaign/project.h"
#include "model/campaign.h"

namespace redflag {

/// What the user asked for.
struct Request {
  std::vector<std::string> scenarios;  ///< empty: all
  std::vector<std::string> modes;      ///< empty: all
  std::string compiler = "gcc";
  double hang_after_seconds = 10;  ///< without a finished execution; see TrialPlan
  unsigned jobs = 1;
  std::string side;        ///< "unsafe" or "safe"; empty: both
  bool calibrate = false;  ///< each long enough to measure what it shows and how often
};

/// The campaign with one run (status *skipped*) for each variant and mode asked for. Throws
/// UsageError for a name that is not known, with the nearest ones.
Campaign plan(const std::vector<ScenarioInfo>& all, const Request& request);

/// The runs that are still to be done (status *skipped*), those that take longest first: none of
/// them is left at the end for one worker while the others have nothing to do.
std::deque<Run*> longest_first(std::vector<Run>& runs);

/// "tsan" or "tsan-clang". Mode explore runs the programs of tsan.
std::string preset_of(Mode mode, const std::string& compiler);

/// "scenario.close_twice.unsafe".
std::string target_of(const Run& run);

/// Where its program is built, relative to the preset's folder. Clang's have the explorer linked
/// in.
std::filesystem::path program_of(const Run& run);

}  // namespace redflag
