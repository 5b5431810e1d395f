// Markdown for a pull request or a GitHub job summary: summary, matrix, a short part a scenario.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/escape.h"
#include "reports/markdown_parts.h"
#include "reports/view.h"
#include "reports/words.h"
#include "reports/write.h"
#include "sanitizer/expected.h"

namespace redflag {
namespace {

using namespace reports;

/// GitHub drops a job summary of more than 1 MiB; the step may have written some of it already.
constexpr std::size_t most_bytes = 900'000;
constexpr std::size_t longest_text = 500;

/// A finding's message or a reason can be a whole log; a summary needs its beginning.
std::string shortened(std::string_view text) {
  if (text.size() <= longest_text) return markdown_text(text);
  std::size_t end = longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return markdown_text(text.substr(0, end)) + " …";
}

std::string environment(const Environment& environment) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) parts.push_back(markdown_text(text));
  };
  add(environment.started);
  add(environment.redflag_version.empty() ? "" : "redflag " + environment.redflag_version);
  add(environment.host_os);
  add(environment.cpu);
  add(count(environment.cores, "core"));
  for (const std::string& compiler : environment.compilers) add(compiler);
  return fmt::format("{}", fmt::join(parts, " · "));
}

std::string cell(const View& view, const Run* run) {
  if (run == nullptr) return " |";
  std::string out = fmt::format(" {} {}", symbol(state_of(*run)), state_words(*run));
  if (run->status != Status::ran) return out + " |";
  std::vector<std::string> kinds;
  for (const std::string& kind : kinds_seen(view, *run)) kinds.push_back(markdown_code(kind));
  if (kinds.empty()) kinds.emplace_back(run->side == Side::safe ? "clean" : "nothing seen");
  out += fmt::format("<br>{}<br>{}/{}", fmt::join(kinds, ", "), number(run->processes_with_finding),
                     count(run->processes, unit(*run)));
  if (run->executions_to_first_finding)
    out += fmt::format(", first at {}", number(*run->executions_to_first_finding));
  if (const auto words = search_words(*run); !words.empty()) out += ", " + words;
  return out + " |";
}

std::string matrix(const View& view) {
  std::string out = "| scenario | variant |";
  for (const Column& column : view.columns) out += fmt::format(" {} |", markdown_text(column.name));
  out += "\n|---|---|";
  for (std::size_t i = 0; i < view.columns.size(); ++i) out += "---|";
  out += "\n";
  for (const Scenario& scenario : view.scenarios) {
    for (const Variant& variant : scenario.variants) {
      const bool first = &variant == &scenario.variants.front();
      out += fmt::format("| {} | {} |", first ? markdown_code(scenario.info.name) : "",
                         markdown_code(variant.name));
      for (const Run* run : variant.runs) out += cell(view, run);
      out += "\n";
    }
  }
  return out;
}

// A finding of a safe program is a false alarm; of an unsafe one only what it does not declare is
// remarkable.
std::string_view sign_of(const Seen& seen) {
  const auto surprises = [&](const Run* run) {
    return run->verdict == Verdict::unexpected &&
           std::ranges::none_of(
               run->expected, [&](const auto& expected) { return fits(expected, *seen.finding); });
  };
  if (std::ranges::any_of(seen.runs, [](const Run* run) { return run->side == Side::safe; }))
    return "⚑ ";
  return std::ranges::any_of(seen.runs, surprises) ? "‼ " : "";
}

// "Channel::pop | body" of "data-race: redflag/channel.h:pop | unsafe.cpp:body": where it is.
std::string places(const Finding& finding) {
  const auto start = finding.signature.find(": ");
  if (start == std::string::npos || finding.stacks.empty()) return {};
  return ", " + markdown_code(finding.signature.substr(start + 2, longest_text));
}

std::string finding_item(const View& view, const Seen& seen) {
  const Finding& finding = *seen.finding;
  std::vector<std::string> where;
  for (const Run* run : seen.runs)
    where.push_back(fmt::format(
        "{} in {} {}/{}", markdown_code(run->variant), markdown_text(column_name(view, *run)),
        number(processes_with(*run, finding.signature)), count(run->processes, unit(*run))));
  std::string out =
      fmt::format("- {}**{}**{}: {}  \n  {}", sign_of(seen), to_string(finding.kind),
                  places(finding), shortened(finding.message), fmt::join(where, "; "));
  if (!finding.location.empty()) out += "  \n  " + shortened(finding.location);
  return out + "\n";
}

std::string scenario_part(const View& view, const Scenario& scenario) {
  const ScenarioInfo& info = scenario.info;
  std::string out =
      fmt::format("\n### {}\n\n{}", markdown_text(info.title.empty() ? info.name : info.title),
                  markdown_code(info.name));
  if (!info.summary.empty()) out += ": " + shortened(info.summary);
  out += "\n\n";
  for (const Variant& variant : scenario.variants) {
    for (const Run* run : variant.runs) {
      const std::string problem = run != nullptr ? explain(view, *run) : "";
      if (!problem.empty())
        out += fmt::format("- {} {}\n", symbol(state_of(*run)), shortened(problem));
    }
  }
  for (const Seen& seen : scenario.findings) out += finding_item(view, seen);
  for (const Cost* cost : scenario.costs)
    out += fmt::format("- cost of the fix, {}: {} ns instead of {} ns ({})\n",
                       markdown_text(cost->operation), significant(cost->safe_ns),
                       significant(cost->unsafe_ns), times(*cost));
  return out;
}

constexpr std::string_view legend =
    "\n✓ as expected · ✗ missed: must show a finding and did not · ⚑ false alarm: a safe variant "
    "showed a finding · ‼ unexpected: an undeclared finding · – did not run, which is never a "
    "pass. “2/13 processes”: 2 of 13 processes showed a finding; “first at 40”: the first came in "
    "the 40th execution.\n";

}  // namespace

std::string markdown(const Campaign& campaign) {
  const View view = view_of(campaign);
  std::string out = fmt::format("## redflag\n\n**{}**\n\n{}\n\n", markdown_text(summary(view)),
                                environment(campaign.environment));
  const std::string table = matrix(view);
  if (out.size() + table.size() < most_bytes) out += table;
  out += legend;
  out += article_markdown(view);
  std::size_t left_out = 0;
  for (const Scenario& scenario : view.scenarios) {
    const std::string part = scenario_part(view, scenario);
    if (out.size() + part.size() < most_bytes)
      out += part;
    else
      ++left_out;
  }
  if (left_out > 0)
    out += fmt::format("\n{} did not fit here; report.html has all.\n",
                       count(left_out, "more scenario"));
  return out;
}

}  // namespace redflag
