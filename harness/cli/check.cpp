// redflag check: one program that is already built, run and graded. What ctest calls.
#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "campaign/explored.h"
#include "campaign/nearest.h"
#include "campaign/project.h"
#include "cli/duration.h"
#include "cli/interrupt.h"
#include "cli/summary.h"
#include "cli/temporary_folder.h"
#include "cli/verbs.h"
#include "reports/escape.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

void print(const Run& run, const std::vector<Finding>& findings) {
  fmt::print("{}.{} in mode {}: {}\n", run.scenario, run.variant, to_string(run.mode),
             run.verdict ? to_string(*run.verdict) : to_string(run.status));
  fmt::print("{} of {} {} with a finding, {} executions\n", run.processes_with_finding,
             run.processes, run.mode == Mode::explore ? "schedules" : "processes", run.executions);
  print_reasons(run);
  for (const auto& finding : findings) {
    fmt::print("\n{} ({})\n", reports::visible(finding.signature), finding.tool);
    if (run.verdict != Verdict::as_expected) fmt::print("{}\n", reports::visible(finding.text));
  }
}

}  // namespace

Exit check(const CheckOptions& options) {
  const auto mode = mode_from_string(options.mode);
  if (!mode)
    throw UsageError(unknown_word("mode", options.mode, {"plain", "tsan", "asan", "explore"}));
  const Description description = ask_for_description(fs::absolute(options.program));
  Run run;
  run.scenario = description.scenario;
  run.variant = description.variant;
  run.side = description.side;
  run.mode = *mode;
  run.compiler = description.compiler;
  StressPlan plan;
  plan.program = fs::absolute(options.program);
  plan.description = description;
  std::optional<TemporaryFolder> temporary;
  if (!options.logs) temporary.emplace("redflag-check");
  plan.campaign_folder = options.logs ? fs::absolute(*options.logs) : temporary->path();
  plan.log_folder = plan.campaign_folder;
  plan.seconds = parse_duration(options.budget);
  plan.hang_after_seconds = parse_duration(options.hang_after);
  plan.until_expected = true;
  plan.stop = &stop_on_interrupt();
  const auto findings = carry_out(run, plan);
  print(run, findings);
  if (!run.verdict) return Exit::cannot_run;
  return run.verdict == Verdict::as_expected ? Exit::ok : Exit::findings;
}

}  // namespace redflag
