#include "campaign/grade.h"

#include <fmt/format.h>

#include <algorithm>

#include "sanitizer/expected.h"

namespace redflag {
std::vector<std::string> missing_findings(const Run& run, const std::vector<Finding>& seen) {
  std::vector<std::string> missing;
  for (const auto& expected : run.expected) {
    if (!expected.required) continue;
    const auto is_it = [&](const Finding& finding) { return fits(expected, finding); };
    if (std::ranges::any_of(seen, is_it)) continue;
    missing.push_back(fmt::format(
        "{} was not seen{}{}", to_string(expected.kind),
        expected.function.empty() ? "" : " in " + expected.function,
        fmt::format(" in {} executions of {} processes", run.executions, run.processes)));
  }
  return missing;
}

void grade(Run& run, const std::vector<Finding>& seen) {
  std::vector<std::string> undeclared;
  for (const auto& finding : seen) {
    const auto declares = [&](const ExpectedFinding& expected) { return fits(expected, finding); };
    if (std::ranges::none_of(run.expected, declares))
      undeclared.push_back(fmt::format("{} ({})", finding.signature, finding.message));
  }
  const auto missing = missing_findings(run, seen);
  run.verdict = !missing.empty()         ? Verdict::missed
                : undeclared.empty()     ? Verdict::as_expected
                : run.side == Side::safe ? Verdict::false_alarm
                                         : Verdict::unexpected;
  run.reasons.insert(run.reasons.end(), missing.begin(), missing.end());
  for (const auto& finding : undeclared)
    run.reasons.push_back(run.side == Side::safe ? "the safe variant shows " + finding
                                                 : "not declared: " + finding);
}

}  // namespace redflag
