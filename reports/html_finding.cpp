// Findings: what was seen, where, by whom; the sides of the defect next to each other.
#include <fmt/format.h>

#include <algorithm>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/line_diff.h"
#include "reports/words.h"
#include "sanitizer/frame.h"

namespace redflag::reports {
namespace {

std::string place(const Scenario& scenario, const Frame& frame) {
  if (frame.file.empty()) return escape(frame.module);
  const std::string line = frame.line > 0 ? fmt::format(":{}", frame.line) : "";
  const Source* const source = source_of(scenario, frame);
  if (source == nullptr) return escape(frame.file + line);
  const std::string name = source->path.substr(source->path.rfind('/') + 1) + line;
  const auto lines = lines_of(source->text).size();
  if (frame.line < 1 || static_cast<std::size_t>(frame.line) > lines) return escape(name);
  return fmt::format("<a href=\"#{}\">{}</a>", line_id(scenario.info.name, *source, frame.line),
                     escape(name));
}

std::string frame_html(const Scenario& scenario, const Frame& frame, std::size_t number) {
  return fmt::format(
      "<li class=\"{}\"><span class=\"n\">#{}</span> <code>{}</code> "
      "<span class=\"place\">{}</span></li>\n",
      is_user_frame(frame) ? "user" : "runtime", number,
      escape(frame.function.empty() ? "(unknown)" : frame.function), place(scenario, frame));
}

/// The user's frames in full; what runs of library and runtime frames stand between are folded.
std::string frames_html(const Scenario& scenario, const std::vector<Frame>& frames) {
  if (frames.empty()) return "<p class=\"quiet\">The tool kept no stack.</p>\n";
  std::string out = "<ul class=\"frames\">\n";
  for (std::size_t i = 0; i < frames.size();) {
    if (is_user_frame(frames[i])) {
      out += frame_html(scenario, frames[i], i);
      ++i;
      continue;
    }
    std::string folded;
    const std::size_t first = i;
    for (; i < frames.size() && !is_user_frame(frames[i]); ++i)
      folded += frame_html(scenario, frames[i], i);
    out += fmt::format(
        "<li class=\"fold\"><details><summary>{}</summary><ul class=\"frames\">\n{}"
        "</ul></details></li>\n",
        count(i - first, "runtime frame"), folded);
  }
  return out + "</ul>\n";
}

std::string stack_html(const Scenario& scenario, const Stack& stack) {
  const bool told = stack.thread.empty() || stack.title.find(stack.thread) != std::string::npos;
  return fmt::format("<div class=\"stack\"><h5>{}{}</h5>\n{}</div>\n",
                     escape(stack.title.empty() ? to_string(stack.role) : stack.title),
                     told ? "" : escape(" (" + stack.thread + ")"),
                     frames_html(scenario, stack.frames));
}

std::string stacks_html(const Scenario& scenario, const Finding& finding) {
  std::string sides;
  std::string others;
  std::size_t number_of_others = 0;
  for (const Stack& stack : finding.stacks) {
    if (stack.role == Role::side) {
      sides += stack_html(scenario, stack);
    } else {
      others += stack_html(scenario, stack);
      ++number_of_others;
    }
  }
  std::string out;
  if (!sides.empty()) out = fmt::format("<div class=\"stacks\">\n{}</div>\n", sides);
  if (!others.empty())
    out += fmt::format(
        "<details><summary>{}: where memory, threads and locks came from</summary>"
        "<div class=\"stacks\">\n{}</div></details>\n",
        count(number_of_others, "more stack"), others);
  return out;
}

std::string where_seen(const View& view, const Seen& seen) {
  std::string out;
  for (const Run* run : seen.runs)
    out += fmt::format("<li><a href=\"#{}\">{} in {}</a>: {} of {}</li>", run_id(view, *run),
                       escape(run->variant), escape(column_name(view, *run)),
                       number(processes_with(*run, seen.finding->signature)),
                       count(run->processes, unit(*run)));
  return fmt::format("<ul class=\"plain\">{}</ul>", out);
}

std::string fact(std::string_view name, const std::string& content) {
  return content.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, content);
}

std::string log_link(const std::string& log) {
  const std::string link = relative_link(log);
  if (link.empty()) return escape(log);
  return fmt::format("<a href=\"{}\">{}</a>", link, escape(log));
}

std::string raw_text(const Finding& finding) {
  if (finding.text.empty()) return {};
  return fmt::format(
      "<details><summary>Report as {} printed it, {}</summary>"
      "<pre tabindex=\"0\"><code>{}</code></pre></details>\n",
      escape(finding.tool), count(lines_of(finding.text).size(), "line"), escape(finding.text));
}

std::string finding_html(const View& view, const Scenario& scenario, std::size_t index) {
  const Seen& seen = scenario.findings[index];
  const Finding& finding = *seen.finding;
  const bool on_safe =
      std::ranges::any_of(seen.runs, [](const Run* run) { return run->side == Side::safe; });
  std::string out = fmt::format(
      "<article class=\"finding\" id=\"{}\">\n<h4><span class=\"flag\">⚑ {}</span> {}"
      " <span class=\"tool\">{}{}</span></h4>\n<p class=\"message\">{}</p>\n<dl class=\"facts\">",
      finding_id(scenario.info.name, index + 1), index + 1, to_string(finding.kind),
      escape(finding.tool), on_safe ? ", also in a safe variant" : "", escape(finding.message));
  out += fact("Seen in", where_seen(view, seen)) + fact("Memory", escape(finding.location)) +
         fact("Signature", fmt::format("<code>{}</code>", escape(finding.signature))) +
         fact("Log", log_link(finding.log)) + "</dl>\n";
  return out + stacks_html(scenario, finding) + interleaving_html(scenario, finding) +
         raw_text(finding) + "</article>\n";
}

}  // namespace

std::string findings_html(const View& view, const Scenario& scenario) {
  if (scenario.findings.empty()) return {};
  std::string out = "<h3>Findings</h3>\n";
  for (std::size_t i = 0; i < scenario.findings.size(); ++i) out += finding_html(view, scenario, i);
  return out;
}

}  // namespace redflag::reports
