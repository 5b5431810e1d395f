// redflag list and redflag show: the catalogue in the terminal.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <sstream>

#include "campaign/nearest.h"
#include "campaign/project.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "reports/terminal.h"

namespace redflag {
namespace {

// Headings stand out where the terminal can show it.
void print_lesson(const std::string& lesson, bool colour) {
  std::istringstream in(lesson);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("<!--") || line.starts_with("<details") || line.starts_with("</details"))
      continue;  // for the page
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

// What differs between each safe program and its unsafe twin.
void print_diffs(const ScenarioInfo& info) {
  Campaign campaign;
  campaign.scenarios = {info};
  const auto view = reports::view_of(campaign);
  for (const auto& variant : view.scenarios.front().variants) {
    const Source* const twin = reports::twin_of(view.scenarios.front(), variant);
    if (variant.side != Side::safe || twin == nullptr) continue;
    fmt::print("--- {}\n+++ {}\n{}", twin->path, variant.source->path,
               reports::diff_in_terminal(*twin, *variant.source, terminal_here()));
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
  print_lesson(lesson_of(*found, find_project(options.source), options.language),
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
    std::string variants;
    for (const auto& program : info.programs) variants += " " + program.variant;
    fmt::print("{:<7}{:<{}}{}\n", "", "", width, variants);
  }
  return Exit::ok;
}

}  // namespace redflag
