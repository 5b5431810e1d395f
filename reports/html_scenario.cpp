// One scenario's section.
#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/lesson.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

/// "article § 4.1", or "article, card" where the article has no number.
std::string article(const std::string& section) {
  if (section.empty()) return {};
  const bool numbered = section.front() >= '0' && section.front() <= '9';
  return fmt::format(" · article{} {}", numbered ? " §" : ",", escape(section));
}

std::string problems(const View& view, const Scenario& scenario) {
  std::string items;
  for (const Variant& variant : scenario.variants) {
    for (const Run* run : variant.runs) {
      const std::string text = run != nullptr ? explain(view, *run) : "";
      if (text.empty()) continue;
      items += fmt::format("<li class=\"{}\"><span class=\"symbol\">{}</span> {}</li>\n",
                           state_class(*run), symbol(state_of(*run)), escape(text));
    }
  }
  return items.empty() ? "" : fmt::format("<ul class=\"problems\">\n{}</ul>\n", items);
}

std::string costs(const Scenario& scenario) {
  if (scenario.costs.empty()) return {};
  std::string rows;
  for (const Cost* cost : scenario.costs) {
    rows += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"num\">{} ns</td>"
        "<td class=\"num\">{} ns</td><td class=\"num\">{}</td></tr>\n",
        escape(cost->operation), significant(cost->unsafe_ns), significant(cost->safe_ns),
        times(*cost));
  }
  return "<h3>Cost of the fix</h3>\n<div class=\"scroll\"><table class=\"costs\"><thead><tr>"
         "<th scope=\"col\">Operation</th><th scope=\"col\" class=\"num\">unsafe</th>"
         "<th scope=\"col\" class=\"num\">safe</th><th scope=\"col\" class=\"num\">safe : unsafe"
         "</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table></div>\n";
}

std::string lesson(const Scenario& scenario) {
  if (scenario.info.lesson.empty()) return {};
  return fmt::format("<h3>Lesson</h3>\n<div class=\"lesson\">\n{}</div>\n",
                     lesson_html(scenario.info.lesson, 3));
}

}  // namespace

std::string scenario_html(const View& view, const Scenario& scenario) {
  const ScenarioInfo& info = scenario.info;
  std::string out = fmt::format(
      "<section class=\"scenario\" id=\"{}\">\n<h2>{}</h2>\n"
      "<p class=\"where\"><code>{}</code>{}<span class=\"back\"> · "
      "<a href=\"#matrix\">back to the matrix</a></span></p>\n",
      scenario_id(info.name), escape(info.title.empty() ? info.name : info.title),
      escape(info.name), article(info.article));
  if (!info.summary.empty())
    out += fmt::format("<p class=\"summary\">{}</p>\n", escape(info.summary));
  return out + problems(view, scenario) + programs_html(scenario) + rates_html(view, scenario) +
         outcomes_html(view, scenario) + findings_html(view, scenario) + costs(scenario) +
         lesson(scenario) + "</section>\n";
}

}  // namespace redflag::reports
