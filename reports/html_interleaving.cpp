// The order of steps that shows a finding, a column a thread.
#include <fmt/format.h>

#include <algorithm>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/meeting.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

std::string step_html(const InterleavingStep& step) {
  std::string out;
  if (step.preempts) out += "<span class=\"flag\">interrupts</span> ";
  if (step.pending) out += "at the end: ";
  out += escape(step.what);
  if (!step.place.empty())
    out += fmt::format(" <span class=\"place\">{}</span>", escape(step.place));
  return out;
}

}  // namespace

std::string interleaving_html(const Scenario& scenario, const Finding& finding) {
  if (finding.interleaving.empty()) return {};
  const auto threads = threads_of(finding);
  std::string head = R"(<th scope="col" class="num">Step</th>)";
  for (const auto& thread : threads)
    head += fmt::format(R"(<th scope="col">{}</th>)", escape(thread));
  std::string rows;
  std::uint64_t number = 0;
  for (const auto& step : finding.interleaving) {
    if (step.skipped > 0)
      rows += fmt::format("<tr class=\"skipped\"><td></td><td colspan=\"{}\">{}</td></tr>\n",
                          threads.size(), count(step.skipped, "step"));
    number += step.skipped + (step.pending ? 0 : 1);
    rows += fmt::format("<tr{}><td class=\"num\">{}</td>", step.preempts ? " class=\"bad\"" : "",
                        step.pending ? "" : std::to_string(number));
    for (const auto& thread : threads)
      rows += fmt::format("<td>{}</td>", thread == step.thread ? step_html(step) : "");
    rows += "</tr>\n";
  }
  if (const auto sides = meeting_of(scenario, finding); !sides.empty()) {
    rows += "<tr class=\"bad\"><td class=\"num\">⚑</td>";
    for (const auto& side : sides) rows += fmt::format("<td>{}</td>", escape(side));
    rows += "</tr>\n";
  }
  const auto preemptions = std::ranges::count_if(finding.interleaving, &InterleavingStep::preempts);
  return fmt::format(
      "<details{}><summary>An interleaving that shows it: {}, {}</summary>"
      "<div class=\"scroll\" tabindex=\"0\"><table class=\"interleaving\">\n<thead><tr>{}</tr>"
      "</thead>\n<tbody>\n{}</tbody></table></div></details>\n",
      finding.interleaving.size() <= 30 ? " open=\"open\"" : "", count(number, "step"),
      count(static_cast<std::size_t>(preemptions), "interruption"), head, rows);
}

}  // namespace redflag::reports
