// redflag list and redflag show: the catalogue in the terminal.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "campaign/nearest.h"
#include "campaign/project.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "reports/terminal.h"

namespace redflag {
namespace {

bool is_for_the_page(const std::string& line) {
  return line.starts_with("<!--") || line.starts_with("<details") ||
         line.starts_with("</details") || line.starts_with("<summary");
}

// Headings stand out where the terminal can show it. What the page folds away is left out: the
// class may be looking.
void print_lesson(const std::string& lesson, bool with_answer, bool colour) {
  std::istringstream in(lesson);
  bool folded = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("<details") && !with_answer) {
      folded = true;
      fmt::print("(with --answer)\n");
    }
    if (line.starts_with("</details")) folded = false;
    if (folded || is_for_the_page(line)) continue;
    const bool heading = line.starts_with('#');
    fmt::print("{}{}{}\n", colour && heading ? "\033[1m" : "", line,
               colour && heading ? "\033[0m" : "");
  }
}

std::string lesson_of(const ScenarioInfo& info, const Project& project,
                      const std::string& language) {
  if (language == "en") return info.lesson;
  return file_text(project.root / "scenarios" / info.name / fmt::format("lesson.{}.md", language));
}

// What differs between each program and its twin of the other side.
void print_diffs(const ScenarioInfo& info) {
  Campaign campaign;
  campaign.scenarios = {info};
  const auto view = reports::view_of(campaign);
  std::set<std::pair<const Source*, const Source*>> pairs;  // by where they stand: unsafe, safe
  for (const auto& variant : view.scenarios.front().variants) {
    const Source* const twin = reports::twin_of(view.scenarios.front(), variant);
    if (twin == nullptr) continue;
    const bool is_safe = variant.side == Side::safe;
    const Source* const unsafe = is_safe ? twin : variant.source;
    const Source* const safe = is_safe ? variant.source : twin;
    if (!pairs.emplace(unsafe, safe).second) continue;
    fmt::print("--- {}\n+++ {}\n{}", unsafe->path, safe->path,
               reports::diff_in_terminal(*unsafe, *safe, terminal_here()));
  }
}

}  // namespace

Exit show(const CatalogueOptions& options) {
  const auto scenarios = read_scenarios(find_project(options.source));
  const auto found = std::ranges::find(scenarios, options.scenario, &ScenarioInfo::name);
  if (found == scenarios.end()) {
    std::vector<std::string> known;
    known.reserve(scenarios.size());
    for (const auto& info : scenarios) known.push_back(info.name);
    throw UsageError(unknown_word("scenario", options.scenario, known));
  }
  if (options.diff) {
    print_diffs(*found);
    return Exit::ok;
  }
  print_lesson(lesson_of(*found, find_project(options.source), options.language), options.answer,
               terminal_here().colour);
  for (const auto& program : found->programs)
    fmt::print("\n== {}\n\n{}", program.path, program.text);
  fmt::print("\nRun it: redflag run {}\n", found->name);
  return Exit::ok;
}

Exit list(const CatalogueOptions& options) {
  const auto scenarios = read_scenarios(find_project(options.source));
  std::size_t width = 0;
  for (const auto& info : scenarios) width = std::max(width, info.name.size());
  for (const auto& info : scenarios) {
    fmt::print("§{:<5} {:<{}} {}\n", info.article, info.name, width, info.title);
  }
  return Exit::ok;
}

}  // namespace redflag
