// A scenario's tables of measured numbers: rates and outcomes.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

/// The rate as a point in its interval on a line from 0 to 1. The numbers stand beside it.
std::string rate_picture(const Rate& rate) {
  const auto x = [](double share) { return 3 + 74 * std::clamp(share, 0.0, 1.0); };
  return fmt::format(
      R"(<svg class="interval" viewBox="0 0 80 10" aria-hidden="true"><path d="M3 5H77"/>)"
      R"(<rect x="{:.1f}" y="3" width="{:.1f}" height="4" rx="2"/>)"
      R"(<circle cx="{:.1f}" cy="5" r="3"/></svg>)",
      x(rate.low), std::max(1.0, x(rate.high) - x(rate.low)), x(rate.value));
}

std::string td(std::string_view label, const std::string& content, std::string_view css = "") {
  return fmt::format(R"(<td class="{}" data-label="{}">{}</td>)", css, label, content);
}

std::string th(std::string_view label, std::string_view css = "") {
  return fmt::format(R"(<th scope="col" class="{}">{}</th>)", css, label);
}

std::string measured(const Run& run) {
  const std::string first = run.executions_to_first_finding
                                ? number(*run.executions_to_first_finding)
                                : std::string("none");
  return td("Executions", number(run.executions), "num") +
         td("Processes with a finding",
            fmt::format("{}/{}", number(run.processes_with_finding), number(run.processes)),
            "num") +
         td("Detection rate",
            fmt::format("<span>{} {} <span class=\"quiet\">({})</span></span>",
                        rate_picture(run.detection), percent(run.detection.value),
                        interval(run.detection)),
            "rate-cell") +
         td("First finding at execution", first, "num") +
         td("Threads left running", number(run.leaked_threads), "num") +
         td("Time", duration(run.seconds), "num");
}

std::string rate_row(const View& view, const Run& run) {
  const bool ran = run.status == Status::ran;
  std::string out = fmt::format(R"(<tr id="{}" class="{}"><th scope="row">{}</th>)",
                                run_id(view, run), state_class(run), name_html(run.variant));
  out += td("Mode", escape(column_name(view, run)));
  out += td("Status", ran ? "ran" : escape(state_words(run)), ran ? "" : "did-not");
  out += td("Verdict", run.verdict && ran ? state_html(run) : "none", "verdict");
  out += ran ? measured(run) : R"(<td class="did-not wide" colspan="6">nothing was measured</td>)";
  out += "</tr>\n";
  const std::string searched = search_words(run);
  if (run.reasons.empty() && searched.empty()) return out;
  out += R"(<tr class="reasons"><td colspan="10">)";
  if (!searched.empty())
    out += fmt::format("<p>explored: {}, {} distinct</p>", searched, number(run.search.distinct));
  for (const std::string& reason : run.reasons) out += fmt::format("<p>{}</p>", escape(reason));
  return out + "</td></tr>\n";
}

/// What tells one outcome of a variant from another: text, allowed, why.
using OutcomeKey = std::tuple<std::string_view, bool, std::string_view>;

OutcomeKey key_of(const OutcomeCount& outcome) {
  return {outcome.text, outcome.allowed, outcome.why};
}

std::set<OutcomeKey> outcomes_of(const Variant& variant) {
  std::set<OutcomeKey> keys;
  for (const Run* run : variant.runs) {
    if (run == nullptr) continue;
    for (const OutcomeCount& outcome : run->outcomes) keys.insert(key_of(outcome));
  }
  return keys;
}

std::string outcome_count(const Run* run, const OutcomeKey& key) {
  if (run == nullptr) return "·";
  if (run->status != Status::ran) return "did not run";
  std::uint64_t total = 0;
  for (const OutcomeCount& outcome : run->outcomes)
    if (key_of(outcome) == key) total += outcome.count;
  return number(total);
}

std::string outcome_row(const View& view, const Variant& variant, const OutcomeKey& key) {
  const auto& [text, allowed, why] = key;
  std::string out =
      fmt::format("<tr><th scope=\"row\">{}</th>{}{}{}", name_html(variant.name),
                  td("Outcome", fmt::format("<code>{}</code>", escape(text))),
                  td("Grade", allowed ? "allowed" : "⚑ forbidden", allowed ? "" : "forbidden"),
                  td("Why", escape(why), "why"));
  for (std::size_t i = 0; i < view.columns.size(); ++i)
    out += td(escape(view.columns[i].name), outcome_count(variant.runs[i], key), "num");
  return out + "</tr>\n";
}

}  // namespace

std::string rates_html(const View& view, const Scenario& scenario) {
  std::string bodies;
  for (const Variant& variant : scenario.variants) {
    std::string rows;
    for (const Run* run : variant.runs)
      if (run != nullptr) rows += rate_row(view, *run);
    if (!rows.empty()) bodies += fmt::format("<tbody>\n{}</tbody>\n", rows);
  }
  if (bodies.empty()) return "<p class=\"did-not\">No variant of this scenario was run.</p>\n";
  return fmt::format(
      "<h3>Rates</h3>\n<table class=\"rates cards\"><thead><tr>{}{}{}{}{}{}{}{}{}{}</tr></thead>\n"
      "{}</table>\n",
      th("Variant"), th("Mode"), th("Status"), th("Verdict"), th("Executions", "num"),
      th("Processes with a finding", "num"), th("Detection rate (95% interval)", "rate-cell"),
      th("First finding at execution", "num"), th("Threads left running", "num"), th("Time", "num"),
      bodies);
}

std::string outcomes_html(const View& view, const Scenario& scenario) {
  std::string rows;
  for (const Variant& variant : scenario.variants)
    for (const OutcomeKey& key : outcomes_of(variant)) rows += outcome_row(view, variant, key);
  if (rows.empty()) return {};
  std::string head = th("Variant") + th("Outcome") + th("Grade") + th("Why");
  for (const Column& column : view.columns) head += th(escape(column.name), "num");
  return fmt::format(
      "<h3>Outcomes</h3>\n<table class=\"outcomes cards\"><thead><tr>{}</tr></thead>\n"
      "<tbody>\n{}</tbody></table>\n",
      head, rows);
}

}  // namespace redflag::reports
