// redflag run: builds and runs scenarios, and writes the report.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <thread>

#include "campaign/bench.h"
#include "campaign/calibration.h"
#include "campaign/environment.h"
#include "campaign/execute.h"
#include "campaign/plan.h"
#include "cli/duration.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "reports/terminal.h"
#include "reports/write.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

// Whether `folder` is redflag's own to clear. Throws CannotRun if somebody else's file is in the
// way.
bool holds_a_campaign(const fs::path& folder) {
  const fs::path file = folder / "results.json";
  if (!fs::exists(file)) return false;
  std::ifstream in(file);
  std::string start(200, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  if (start.find("\"schema_version\"") != std::string::npos ||
      start.find("\"complete\"") != std::string::npos)
    return true;
  throw CannotRun(
      fmt::format("{} was not written by redflag; name another folder with --out", file.string()));
}

// Fails before anything is built if nothing could be written later.
void prepare_folder(const fs::path& folder, const Campaign& campaign) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw CannotRun(fmt::format("cannot make the output folder {}: {}; name another with --out",
                                folder.string(), error.message()));
  if (holds_a_campaign(folder)) {  // an earlier one, which would belie this one
    for (const char* old : {"logs", "report.html", "report.md", "junit.xml"})
      fs::remove_all(folder / old, error);
  }
  write_results(campaign, folder);
}

// A benchmark that fails costs its figures, never the findings. What went wrong, or nothing.
std::string join_costs(Campaign& campaign, const Project& project, const std::atomic<bool>& stop,
                       Progress& progress) {
  try {
    campaign.costs = measure_costs(project, campaign, stop,
                                   [&](const std::string& what) { progress.step(what); });
    return {};
  } catch (const CannotRun& error) {
    return stop ? "interrupted" : error.what();
  }
}

// A class waits for the few scenarios that it has asked for, so they take no longer than they must.
double budget_of(const RunOptions& options, const Campaign& campaign) {
  constexpr double all = 60;
  constexpr double one_run = 1;
  if (options.request.calibrate) return 0;
  if (options.budget) return parse_duration(*options.budget);
  if (options.request.scenarios.empty()) return all;
  return std::min(all, one_run * static_cast<double>(campaign.runs.size()) / options.request.jobs);
}

void print_scenarios(const Campaign& campaign) {
  const reports::View view = reports::view_of(campaign);
  for (const auto& scenario : view.scenarios)
    fmt::print("\n{}", reports::scenario_in_terminal(view, scenario, terminal_here()));
}

}  // namespace

Exit run(RunOptions options) {
  options.request.hang_after_seconds = parse_duration(options.hang_after);
  if (options.out.empty()) throw UsageError("--out wants the name of a folder");
  const Project project = find_project(options.source);
  Campaign campaign = plan(read_scenarios(project), options.request);
  campaign.environment.budget_seconds = budget_of(options, campaign);
  describe_environment(campaign.environment);
  const fs::path folder = fs::absolute(options.out);
  prepare_folder(folder, campaign);
  const auto& stop = stop_on_interrupt();
  std::string not_measured;
  {
    Progress progress(isatty(STDOUT_FILENO) == 1 ? terminal_here().columns : 0);
    execute(campaign, project, folder, stop, progress,
            [&](const Campaign& so_far) { write_results(so_far, folder); });
    if (options.bench && !stop) not_measured = join_costs(campaign, project, stop, progress);
  }
  write_results(campaign, folder);
  write_reports(campaign, folder);
  if (options.request.calibrate) {
    print_calibration(campaign);
  } else if (!options.request.scenarios.empty()) {
    print_scenarios(campaign);
  }
  print_summary(campaign, folder);
  if (!not_measured.empty()) fmt::print(stderr, "redflag: no costs: {}\n", not_measured);
  const auto exit = static_cast<Exit>(exit_code(campaign));
  if (exit == Exit::ok && options.request.calibrate && !holds(campaign)) return Exit::findings;
  return exit == Exit::ok && !not_measured.empty() ? Exit::cannot_run : exit;
}

}  // namespace redflag
