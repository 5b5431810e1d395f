#include "campaign/plan.h"

#include <algorithm>
#include <optional>

#include "campaign/nearest.h"

namespace redflag {
namespace {

std::vector<Mode> modes_of(const Request& request) {
  std::vector<std::string> known;
  for (const Mode mode : all_modes_list) known.emplace_back(to_string(mode));
  std::vector<Mode> modes;
  for (const auto& name : request.modes.empty() ? known : request.modes) {
    const auto mode = mode_from_string(name);
    if (!mode) throw UsageError(unknown_word("mode", name, known));
    if (std::ranges::find(modes, *mode) == modes.end()) modes.push_back(*mode);
  }
  return modes;
}

std::optional<Side> side_of(const Request& request) {
  if (request.side.empty()) return std::nullopt;
  for (const Side side : {Side::unsafe, Side::safe})
    if (request.side == to_string(side)) return side;
  throw UsageError(unknown_word("side", request.side, {"unsafe", "safe"}));
}

std::vector<ScenarioInfo> scenarios_of(const std::vector<ScenarioInfo>& all,
                                       const Request& request) {
  std::vector<std::string> known;
  known.reserve(all.size());
  for (const auto& info : all) known.push_back(info.name);
  for (const auto& name : request.scenarios) {
    if (std::ranges::find(known, name) == known.end())
      throw UsageError(unknown_word("scenario", name, known));
  }
  std::vector<ScenarioInfo> wanted;
  std::ranges::copy_if(all, std::back_inserter(wanted), [&](const ScenarioInfo& info) {
    return request.scenarios.empty() ||
           std::ranges::find(request.scenarios, info.name) != request.scenarios.end();
  });
  return wanted;
}

}  // namespace

Campaign plan(const std::vector<ScenarioInfo>& all, const Request& request) {
  if (request.compiler != "gcc" && request.compiler != "clang")
    throw UsageError(unknown_word("compiler", request.compiler, {"gcc", "clang"}));
  const auto side = side_of(request);
  Campaign campaign;
  campaign.scenarios = scenarios_of(all, request);
  campaign.environment.hang_after_seconds = request.hang_after_seconds;
  campaign.environment.jobs = request.jobs;
  for (const Mode mode : modes_of(request)) {
    for (const auto& info : campaign.scenarios) {
      for (const auto& program : info.programs) {
        if (program.side != side.value_or(program.side)) continue;
        Run run;
        run.scenario = info.name;
        run.variant = program.variant;
        run.side = program.side;
        run.mode = mode;
        run.compiler = request.compiler;
        campaign.runs.push_back(std::move(run));
      }
    }
  }
  return campaign;
}

std::deque<Run*> longest_first(std::vector<Run>& runs) {
  std::deque<Run*> order;
  for (Run& run : runs) {
    if (run.status == Status::skipped) order.push_back(&run);
  }
  // Whatever its budget, a search minimises what it finds.
  std::stable_partition(order.begin(), order.end(), [](const Run* run) {
    return run->mode == Mode::explore && run->side == Side::unsafe;
  });
  return order;
}

std::string preset_of(Mode mode, const std::string& compiler) {
  const Mode built = mode == Mode::explore ? Mode::tsan : mode;  // the same program
  return std::string(to_string(built)) + (compiler == "clang" ? "-clang" : "");
}

namespace {
bool has_explorer_linked(const Run& run) {
  return run.mode == Mode::explore && run.compiler == "clang";
}
}  // namespace

std::string target_of(const Run& run) {
  const std::string target = "scenario." + run.scenario + "." + run.variant;
  return has_explorer_linked(run) ? "explore." + target : target;
}

std::filesystem::path program_of(const Run& run) {
  const char* folder = has_explorer_linked(run) ? "explore" : "scenarios";
  return std::filesystem::path(folder) / run.scenario / run.variant;
}

}  // namespace redflag
