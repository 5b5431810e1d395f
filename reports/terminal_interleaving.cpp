// An interleaving as a class sees it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/escape.h"
#include "reports/meeting.h"
#include "reports/terminal_parts.h"
#include "reports/terminal_table.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

constexpr std::size_t narrowest_terminal = 60;

// Of what a thread does in a row only the first and the last step, if there are many.
std::vector<InterleavingStep> shortened(const std::vector<InterleavingStep>& steps) {
  constexpr std::size_t many = 16;
  if (steps.size() <= many) return steps;
  const auto inside = [&](std::size_t i) {
    return i > 0 && i + 1 < steps.size() && steps[i - 1].thread == steps[i].thread &&
           steps[i + 1].thread == steps[i].thread && !steps[i].pending && !steps[i + 1].pending;
  };
  std::vector<InterleavingStep> kept;
  std::uint64_t skipped = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    skipped += steps[i].skipped;
    const bool alone = skipped == 0 && !(inside(i) && inside(i + 1));
    if (inside(i) && !alone) {
      ++skipped;
      continue;
    }
    kept.push_back(steps[i]);
    kept.back().skipped = std::exchange(skipped, 0);
  }
  return kept;
}

}  // namespace

std::string interleaving_in_terminal(const Scenario& scenario, const Finding& finding,
                                     const Terminal& terminal) {
  std::vector<std::string> head = {"step"};
  const auto threads = threads_of(finding);
  for (const auto& thread : threads) head.push_back(visible(thread));
  Table table(head, std::max(narrowest_terminal, terminal.columns) - 2);
  std::uint64_t number_of_step = 0;
  for (const auto& step : shortened(finding.interleaving)) {
    if (step.skipped > 0) table.add_note(fmt::format("… {}", count(step.skipped, "step")));
    number_of_step += step.skipped + (step.pending ? 0 : 1);
    std::vector<std::string> row(head.size());
    row[0] = step.pending ? "end" : std::to_string(number_of_step);
    const auto column =
        static_cast<std::size_t>(std::ranges::find(threads, step.thread) - threads.begin());
    row[column + 1] = visible((step.preempts ? "! " : "") + step.what +
                              (step.place.empty() ? "" : ", " + step.place));
    table.add(row);
  }
  if (const auto sides = meeting_of(scenario, finding); !sides.empty()) {
    std::vector<std::string> row = {"bug"};
    for (const auto& side : sides) row.push_back(visible(side));
    table.add(row);
  }
  const auto preemptions = static_cast<std::uint64_t>(
      std::ranges::count_if(finding.interleaving, &InterleavingStep::preempts));
  std::string out =
      preemptions == 0
          ? "  An interleaving that shows it; no thread has to be interrupted:\n"
          : fmt::format(
                "  An interleaving that shows it; ! interrupts a thread that could go on ({}):\n",
                count(preemptions, "preemption"));
  for (const auto& line : table.lines())
    out += "  " +
           ((line.find("! ") != std::string::npos || line.starts_with(" bug"))
                ? painted(line, Ink::bold, terminal)
                : line) +
           "\n";
  return out;
}

}  // namespace redflag::reports
