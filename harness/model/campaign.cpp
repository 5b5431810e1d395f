#include "model/campaign.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace redflag {

std::string_view to_string(Side side) { return side == Side::safe ? "safe" : "unsafe"; }

std::string_view to_string(Status status) {
  switch (status) {
    case Status::ran:
      return "ran";
    case Status::timed_out:
      return "timed out";
    case Status::crashed_harness:
      return "crashed the harness";
    case Status::not_built:
      return "not built";
    case Status::skipped:
      return "skipped";
  }
  return "?";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::as_expected:
      return "as expected";
    case Verdict::missed:
      return "missed";
    case Verdict::false_alarm:
      return "false alarm";
    case Verdict::unexpected:
      return "unexpected";
  }
  return "?";
}

std::string_view to_string(Role role) {
  switch (role) {
    case Role::side:
      return "side";
    case Role::allocation:
      return "allocation";
    case Role::thread:
      return "thread";
    case Role::mutex:
      return "mutex";
    case Role::other:
      return "other";
  }
  return "?";
}

Rate rate(std::uint64_t hits, std::uint64_t trials) {
  if (trials == 0) return {};
  constexpr double z = 1.959963984540054;  // 97.5% quantile of the normal distribution
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(hits) / n;
  const double centre = p + z * z / (2 * n);
  const double spread = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {p, std::max(0.0, (centre - spread) / scale), std::min(1.0, (centre + spread) / scale)};
}

void add_kinds(Run& run, const std::set<Kind>& kinds, std::uint64_t processes) {
  for (const Kind kind : kinds) {
    const auto known = std::ranges::find(run.kinds, kind, &KindCount::kind);
    if (known == run.kinds.end()) {
      run.kinds.push_back({kind, processes});
    } else {
      known->processes += processes;
    }
  }
  std::ranges::stable_sort(run.kinds, std::greater(), &KindCount::processes);
}

int exit_code(const Campaign& campaign) {
  const auto wrong = [](const Run& run) {
    return run.verdict && *run.verdict != Verdict::as_expected;
  };
  if (std::ranges::any_of(campaign.runs, wrong)) return 1;
  const bool all_ran = std::ranges::all_of(
      campaign.runs, [](const Run& run) { return run.status == Status::ran && run.verdict; });
  return campaign.complete && all_ran && !campaign.runs.empty() ? 0 : 3;
}

}  // namespace redflag
