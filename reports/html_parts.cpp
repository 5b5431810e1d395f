#include "reports/html_parts.h"

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/words.h"

namespace redflag::reports {

std::string scenario_id(std::string_view scenario) { return slug(scenario); }

std::string line_id(std::string_view scenario, const Source& source, int line) {
  return fmt::format("{}-{}-L{}", slug(scenario), slug(source.variant), line);
}

std::string finding_id(std::string_view scenario, std::size_t number) {
  return fmt::format("{}-finding-{}", slug(scenario), number);
}

std::string run_id(const View& view, const Run& run) {
  return fmt::format("{}-{}-in-{}", slug(run.scenario), slug(run.variant),
                     slug(column_name(view, run)));
}

std::string name_html(std::string_view name) {
  std::string out;
  for (const char c : escape(name)) {
    out += c;
    if (c == '_') out += "<wbr />";
  }
  return out;
}

std::string_view state_class(const Run& run) {
  switch (state_of(run)) {
    case State::as_expected:
      return "ok";
    case State::not_judged:
      return "absent";
    default:
      return "bad";
  }
}

std::string state_html(const Run& run) {
  return fmt::format(R"(<span class="state"><span class="symbol">{}</span> {}</span>)",
                     symbol(state_of(run)), escape(state_words(run)));
}

}  // namespace redflag::reports
