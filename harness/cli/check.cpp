// redflag check: one program that is already built, run and graded. What ctest calls.
#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <filesystem>
#include <gsl/util>
#include <optional>
#include <system_error>

#include "campaign/nearest.h"
#include "campaign/project.h"
#include "campaign/stress.h"
#include "cli/duration.h"
#include "cli/interrupt.h"
#include "cli/verbs.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

fs::path temporary_folder() {
  std::string name = (fs::temp_directory_path() / "redflag-check-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "cannot make a folder for logs");
  return name;
}

void print(const Run& run, const std::vector<Finding>& findings) {
  fmt::print("{}.{} in mode {}: {}\n", run.scenario, run.variant, to_string(run.mode),
             run.verdict ? to_string(*run.verdict) : to_string(run.status));
  fmt::print("{} of {} processes with a finding, {} executions\n", run.processes_with_finding,
             run.processes, run.executions);
  for (const auto& reason : run.reasons) fmt::print("  {}\n", reason);
  for (const auto& finding : findings) {
    fmt::print("\n{} ({})\n", finding.signature, finding.tool);
    if (run.verdict != Verdict::as_expected) fmt::print("{}\n", finding.text);
  }
}

}  // namespace

Exit check(const CheckOptions& options) {
  const auto mode = mode_from_string(options.mode);
  if (!mode) throw UsageError(unknown_word("mode", options.mode, {"plain", "tsan", "asan"}));
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
  plan.campaign_folder = options.logs ? fs::absolute(*options.logs) : temporary_folder();
  plan.log_folder = plan.campaign_folder;
  const auto clean_up = gsl::finally([&] {
    std::error_code ignored;
    if (!options.logs) fs::remove_all(plan.campaign_folder, ignored);
  });
  plan.seconds = parse_duration(options.budget);
  plan.hang_after_seconds = parse_duration(options.hang_after);
  plan.until_expected = true;
  plan.stop = &stop_on_interrupt();
  const auto findings = stress(run, plan);
  print(run, findings);
  if (!run.verdict) return Exit::cannot_run;
  return run.verdict == Verdict::as_expected ? Exit::ok : Exit::findings;
}

}  // namespace redflag
