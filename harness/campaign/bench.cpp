#include "campaign/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "campaign/plan.h"
#include "process/child.h"

namespace redflag {
namespace {

// "unlocked_counter/increment/safe/real_time/threads:2"
struct Name {
  std::string scenario;
  std::string operation;
  std::string side;
};

std::optional<Name> parse_name(const std::string& text) {
  std::istringstream in(text);
  Name name;
  std::getline(in, name.scenario, '/');
  std::getline(in, name.operation, '/');
  std::getline(in, name.side, '/');
  if (name.side != "unsafe" && name.side != "safe") return std::nullopt;
  std::string threads = "1";
  for (std::string part; std::getline(in, part, '/');) {
    if (part.starts_with("threads:")) threads = part.substr(8);
  }
  name.operation += fmt::format(", {} thread{}", threads, threads == "1" ? "" : "s");
  return name;
}

void add(std::vector<Cost>& costs, const Name& name, double nanoseconds) {
  auto cost = std::ranges::find_if(costs, [&](const Cost& known) {
    return known.scenario == name.scenario && known.operation == name.operation;
  });
  if (cost == costs.end()) cost = costs.insert(costs.end(), Cost{name.scenario, name.operation});
  (name.side == "safe" ? cost->safe_ns : cost->unsafe_ns) = nanoseconds;
}

}  // namespace

std::vector<Cost> costs_from_json(std::string_view text) try {
  std::vector<Cost> costs;
  const auto document = nlohmann::json::parse(text);
  for (const auto& entry : document.at("benchmarks")) {
    if (entry.value("aggregate_name", "median") != "median") continue;
    const auto name = parse_name(entry.at("run_name").get<std::string>());
    if (name) add(costs, *name, entry.at("real_time").get<double>());
  }
  std::erase_if(costs, [](const Cost& cost) { return cost.safe_ns == 0 || cost.unsafe_ns == 0; });
  return costs;
} catch (const nlohmann::json::exception& error) {
  throw CannotRun(fmt::format("the benchmarks' output cannot be read: {}", error.what()));
}

std::vector<Cost> measure_costs(const Project& project, const Campaign& campaign,
                                const std::atomic<bool>& stop, const BuildProgress& progress) {
  const std::string preset = preset_of(Mode::plain, campaign.runs.front().compiler);
  const auto failed = build(project, preset, {"redflag_bench"}, 2, stop, progress);
  if (!failed.empty()) throw CannotRun("the benchmarks: " + failed.begin()->second);
  progress("measuring the cost of safety");
  Command command;
  command.argv = {(project.root / "build" / preset / "bin" / "redflag_bench").string(),
                  "--benchmark_format=json", "--benchmark_repetitions=5",
                  "--benchmark_report_aggregates_only=true"};
  const Ended ended = run_child(command, [&](pid_t) { return stop ? Watch::kill : Watch::go_on; });
  if (ended.exit_code != 0)
    throw CannotRun("the benchmarks failed: " + ended.start_error + ended.err);
  auto costs = costs_from_json(ended.out);
  std::erase_if(costs, [&](const Cost& cost) {
    return std::ranges::find(campaign.scenarios, cost.scenario, &ScenarioInfo::name) ==
           campaign.scenarios.end();
  });
  return costs;
}

}  // namespace redflag
