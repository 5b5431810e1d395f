#include "cli/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "campaign/calibration.h"
#include "cli/progress.h"
#include "reports/escape.h"
#include "reports/words.h"

namespace redflag {
namespace {

bool good(const Run& run) { return run.verdict == Verdict::as_expected; }

// "clean in all 51 schedules"; if threads were interrupted only so often: "… within 2 preemptions".
std::string clean(const Run& run) {
  const auto& search = run.search.exhaustive;
  if (!search || !search->complete) return fmt::format("clean in {} schedules", run.processes);
  if (search->schedules == 1) return "clean in its one schedule";
  return fmt::format(
      "clean in all {} schedules{}", search->schedules,
      search->preemptions ? fmt::format(" within {} preemptions", *search->preemptions) : "");
}

// "12/12 data-race", "clean", "missed", "not built".
std::string cell(const Run& run) {
  if (!run.verdict) return std::string(to_string(run.status));
  if (!good(run)) return std::string(to_string(*run.verdict));
  if (run.findings.empty() && !run.search.strategy.empty()) return clean(run);
  if (run.findings.empty()) return run.side == Side::safe ? "clean" : "nothing";
  std::vector<std::pair<std::uint64_t, std::string>> kinds;
  for (const auto& count : run.findings)
    kinds.emplace_back(count.processes, count.signature.substr(0, count.signature.find(':')));
  return fmt::format("{}/{} {}", run.processes_with_finding, run.processes,
                     std::ranges::max_element(kinds)->second);
}

void print_table(const Campaign& campaign, const std::vector<Mode>& modes) {
  fmt::print("\n{:<40}", "");
  for (const Mode mode : modes) fmt::print("{:<28}", to_string(mode));
  fmt::print("\n");
  for (const auto& info : campaign.scenarios) {
    for (const auto& program : info.programs) {
      const bool ran = std::ranges::any_of(campaign.runs, [&](const Run& run) {
        return run.scenario == info.name && run.variant == program.variant;
      });
      if (!ran) continue;
      fmt::print("{:<40}", reports::visible(info.name + "." + program.variant));
      for (const Mode mode : modes) {
        const auto run = std::ranges::find_if(campaign.runs, [&](const Run& candidate) {
          return candidate.scenario == info.name && candidate.variant == program.variant &&
                 candidate.mode == mode;
        });
        fmt::print("{:<27} ", run == campaign.runs.end() ? "" : reports::visible(cell(*run)));
      }
      fmt::print("\n");
    }
  }
}

void print_calibrated(const std::string& name, const Calibrated& row) {
  const auto declared =
      fmt::format("{} {}{}{}", row.expected.required ? "must" : "may", to_string(row.expected.kind),
                  row.expected.function.empty() ? "" : " in ", row.expected.function);
  const auto seen = fmt::format("{}/{}", row.expected.processes, row.run->processes);
  const auto missed = !row.expected.required ? std::string()
                      : row.too_rare         ? fmt::format("{:.1g}: TOO RARE", row.missed)
                                             : std::string("< 1e-6");
  fmt::print("{:<48}{:<42}{:>12} {:>9}  {}\n", name, declared, seen, reports::interval(row.rate),
             missed);
}

void print_costs(const Campaign& campaign) {
  if (campaign.costs.empty()) return;
  fmt::print("\n{:<64}{:>10} {:>10}\n", "cost of the fix, in ns an operation", "unsafe", "safe");
  for (const auto& cost : campaign.costs)
    fmt::print("{:<64}{:>10} {:>10}  {}\n", reports::visible(cost.scenario + ", " + cost.operation),
               reports::significant(cost.unsafe_ns), reports::significant(cost.safe_ns),
               reports::times(cost));
}

// A build that fails, or Ctrl-C, is the same news for many runs: it is told once.
struct Group {
  const Run* first;
  std::size_t runs = 1;
};

std::vector<Group> not_good(const Campaign& campaign) {
  std::vector<Group> groups;
  for (const Run& run : campaign.runs) {
    if (good(run)) continue;
    const auto same = std::ranges::find_if(groups, [&](const Group& group) {
      return !run.verdict && !group.first->verdict && group.first->status == run.status &&
             group.first->reasons == run.reasons;
    });
    if (same == groups.end())
      groups.push_back({&run});
    else
      ++same->runs;
  }
  return groups;
}

void print_not_good(const Campaign& campaign) {
  for (const auto& [run, runs] : not_good(campaign)) {
    fmt::print("{}{}: {}\n", reports::visible(run_name(*run)),
               runs > 1 ? fmt::format(" and {} more", runs - 1) : "",
               run->verdict ? to_string(*run->verdict) : to_string(run->status));
    print_reasons(*run);
  }
}

}  // namespace

void print_reasons(const Run& run) {
  for (const auto& reason : run.reasons) {
    std::istringstream in(reason);
    for (std::string line; std::getline(in, line);) fmt::print("    {}\n", reports::visible(line));
  }
}

void print_calibration(const Campaign& campaign) {
  const auto rows = calibration_of(campaign);
  if (rows.empty()) return;  // of safe programs alone
  fmt::print("\n{:<48}{:<42}{:>12} {:>9}  {}\n", "", "declared", "seen in", "",
             "missed by a campaign");
  for (auto row = rows.begin(); row != rows.end();) {
    const Run& run = *row->run;
    std::string name = run_name(run);
    std::size_t unseen = 0;  // of what it may show: a family of kinds is long
    for (; row != rows.end() && row->run == &run; ++row) {
      if (!row->expected.required && row->expected.processes == 0) {
        ++unseen;
        continue;
      }
      print_calibrated(name, *row);
      name.clear();
    }
    if (unseen > 0)
      fmt::print("{:<48}{:<42}{:>12}\n", name,
                 fmt::format("may {} more, none of them seen", reports::count(unseen, "kind")),
                 fmt::format("0/{}", run.processes));
  }
}

void print_summary(const Campaign& campaign, const std::filesystem::path& folder) {
  std::vector<Mode> modes;
  for (const auto& run : campaign.runs) {
    if (std::ranges::find(modes, run.mode) == modes.end()) modes.push_back(run.mode);
  }
  print_table(campaign, modes);
  print_costs(campaign);
  fmt::print("\n");
  print_not_good(campaign);
  const auto as_expected = std::ranges::count_if(campaign.runs, good);
  fmt::print("{} of {} runs as expected{}\n", as_expected, campaign.runs.size(),
             campaign.complete ? "" : " (the campaign was not completed)");
  fmt::print("report: {}\n", (folder / "report.html").string());
}

}  // namespace redflag
