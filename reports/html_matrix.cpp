// The matrix: a row a variant, a column a mode, the safe twin under its unsafe program.
#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

std::string what_was_seen(const View& view, const Run& run) {
  if (run.status != Status::ran) return {};
  const auto kinds = kinds_seen(view, run);
  if (kinds.empty())
    return fmt::format(R"(<span class="seen none">{}</span>)",
                       run.side == Side::safe ? "clean" : "nothing seen");
  std::string out = R"(<span class="seen">)";
  for (const std::string& kind : kinds)
    out += fmt::format(R"(<span class="kind">{}</span> )", escape(kind));
  return out + "</span>";
}

std::string how_often(const Run& run) {
  if (run.status != Status::ran) return {};
  std::string out =
      fmt::format("<span class=\"rate\"><span>{}/{}</span>", number(run.processes_with_finding),
                  count(run.processes, unit(run)));
  if (run.executions_to_first_finding)
    out += fmt::format(", <span>first at {}</span>", number(*run.executions_to_first_finding));
  if (const auto words = search_words(run); !words.empty()) out += ", " + words;
  return out + "</span>";
}

std::string cell(const View& view, const Column& column, const Run* run) {
  if (run == nullptr)
    return fmt::format("<td class=\"none\" data-label=\"{}\">·</td>\n", escape(column.name));
  return fmt::format("<td class=\"{}\" data-label=\"{}\"><a href=\"#{}\">{}</a> {}{}</td>\n",
                     state_class(*run), escape(column.name), run_id(view, *run), state_html(*run),
                     what_was_seen(view, *run), how_often(*run));
}

std::string rows(const View& view, const Scenario& scenario) {
  std::string out = "<tbody>\n";
  for (const Variant& variant : scenario.variants) {
    out += "<tr>";
    if (&variant == &scenario.variants.front())
      out += fmt::format(
          "<th scope=\"rowgroup\" rowspan=\"{}\"><a href=\"#{}\">{}</a>"
          "<span class=\"name\">{}</span></th>",
          scenario.variants.size(), scenario_id(scenario.info.name), escape(scenario.info.title),
          name_html(scenario.info.name));
    out += fmt::format("<th scope=\"row\" class=\"variant {}\">{}</th>\n", to_string(variant.side),
                       name_html(variant.name));
    for (std::size_t i = 0; i < view.columns.size(); ++i)
      out += cell(view, view.columns[i], variant.runs[i]);
    out += "</tr>\n";
  }
  return out + "</tbody>\n";
}

}  // namespace

std::string matrix_html(const View& view) {
  std::string out =
      "<section id=\"matrix\">\n<h2>Matrix</h2>\n"
      "<table class=\"matrix cards\">\n<thead><tr><th scope=\"col\">Scenario</th>"
      "<th scope=\"col\">Variant</th>";
  for (const Column& column : view.columns)
    out += fmt::format("<th scope=\"col\">{}</th>", escape(column.name));
  out += "</tr></thead>\n";
  for (const Scenario& scenario : view.scenarios)
    if (!scenario.variants.empty()) out += rows(view, scenario);
  return out + "</table>\n</section>\n";
}

}  // namespace redflag::reports
