// A scenario's programs side by side, with the lines of findings and of the fix marked.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/line_diff.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

/// The findings that a line of a program is part of. A line is their place if it is the first
/// of the program on a stack, else it only leads there.
struct Marks {
  std::vector<std::size_t> places;
  std::vector<std::size_t> leads;
};

void add(std::vector<std::size_t>& numbers, std::size_t number) {
  if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
}

std::map<int, Marks> marks_of(const Scenario& scenario, const Source& source) {
  std::map<int, Marks> marks;
  for (std::size_t i = 0; i < scenario.findings.size(); ++i) {
    for (const Stack& stack : scenario.findings[i].finding->stacks) {
      if (stack.role != Role::side) continue;
      bool place = true;
      for (const Frame& frame : stack.frames) {
        if (source_of(scenario, frame) != &source) continue;
        add(place ? marks[frame.line].places : marks[frame.line].leads, i + 1);
        place = false;
      }
    }
  }
  return marks;
}

std::string flags(const Scenario& scenario, const Marks& marks) {
  std::string out;
  for (const std::size_t number : marks.places)
    out += fmt::format("<a class=\"flag\" href=\"#{}\" title=\"finding {}: {}\">⚑ {}</a>",
                       finding_id(scenario.info.name, number), number,
                       to_string(scenario.findings[number - 1].finding->kind), number);
  for (const std::size_t number : marks.leads) {
    if (std::ranges::find(marks.places, number) != marks.places.end()) continue;
    out += fmt::format("<a class=\"leads\" href=\"#{}\" title=\"leads to finding {}\">↳ {}</a>",
                       finding_id(scenario.info.name, number), number, number);
  }
  return fmt::format(" <span class=\"flags\">{}</span>", out);
}

/// A comment is set apart, so that the eye finds the code. "//" in a string does not count.
std::string code_html(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
    if (!quoted && line[i] == '/' && line[i + 1] == '/')
      return fmt::format("{}<i>{}</i>", escape(line.substr(0, i)), escape(line.substr(i)));
  }
  return escape(line);
}

std::string listing(const Scenario& scenario, const Source& source, const Source* twin) {
  const auto lines = lines_of(source.text);
  const auto differs = twin != nullptr ? lines_that_differ(source.text, twin->text)
                                       : std::vector<bool>(lines.size(), false);
  const char* const sign = source.side == Side::unsafe ? "−" : "+";
  const auto marks = marks_of(scenario, source);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    const auto mark = marks.find(line);
    const bool place = mark != marks.end() && !mark->second.places.empty();
    out += fmt::format(
        "<span class=\"line{}{}\" id=\"{}\"><span class=\"n\">{}</span>"
        "<span class=\"sign\">{}</span>{}{}\n</span>",
        differs[i] ? " differs" : "", place ? " place" : "",
        line_id(scenario.info.name, source, line), line, differs[i] ? sign : " ",
        code_html(lines[i]), mark != marks.end() ? flags(scenario, mark->second) : "");
  }
  return out;
}

std::string program(const Scenario& scenario, const Variant& variant) {
  const Source& source = *variant.source;
  const Source* const twin = twin_of(scenario, variant);
  std::string note;
  if (twin != nullptr)
    note = fmt::format("<span class=\"note\">{} <i>not in {}</i></span>",
                       variant.side == Side::unsafe ? "−" : "+", escape(twin->variant));
  return fmt::format(
      "<figure class=\"program {}\"><figcaption><strong>{}</strong> <span class=\"path\">{}</span>"
      "{}</figcaption>\n<pre tabindex=\"0\" role=\"region\" aria-label=\"{}\"><code>{}</code></pre>"
      "</figure>\n",
      to_string(variant.side), escape(variant.name), escape(source.path), note, escape(source.path),
      listing(scenario, source, twin));
}

}  // namespace

std::string programs_html(const Scenario& scenario) {
  std::vector<std::string> programs;
  for (const Variant& variant : scenario.variants)
    if (variant.source != nullptr) programs.push_back(program(scenario, variant));
  if (programs.empty()) return {};
  // The pair is what a class looks at; other variants wait until they are asked for.
  std::string out = "<h3>Programs</h3>\n<div class=\"programs\">\n";
  const std::size_t shown = std::min<std::size_t>(2, programs.size());
  for (std::size_t i = 0; i < shown; ++i) out += programs[i];
  out += "</div>\n";
  if (programs.size() == shown) return out;
  out += fmt::format("<details><summary>{}</summary><div class=\"programs\">\n",
                     count(programs.size() - shown, "more variant"));
  for (std::size_t i = shown; i < programs.size(); ++i) out += programs[i];
  return out + "</div></details>\n";
}

}  // namespace redflag::reports
