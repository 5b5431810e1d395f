// redflag lessons: the measured tables of the lessons, written from results of earlier runs.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "campaign/project.h"
#include "cli/results.h"
#include "cli/verbs.h"
#include "reports/measured.h"
#include "reports/write.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using reports::Language;

// Whether the lesson held the table already.
bool bring_up_to_date(const fs::path& file, const std::string& table, bool check) {
  const std::string before = file_text(file);
  const auto after = reports::with_measured_table(before, table);
  if (!after)
    throw CannotRun(fmt::format(
        "{} has no section on what each tool sees, or only one of the marks <!-- measured --> and "
        "<!-- /measured -->; see CONTRIBUTING.md",
        file.string()));
  if (*after == before) return true;
  if (!check) write_file(file, *after);
  fmt::print("{} {}\n", file.string(), check ? "is stale" : "written");
  return false;
}

// Whether what was measured are the programs as they are. A scenario that the committed runs do not
// know has no figures yet.
bool measured_as_they_are(const Campaign& campaign, const ScenarioInfo& info) {
  const auto known = std::ranges::find(campaign.scenarios, info.name, &ScenarioInfo::name);
  if (known == campaign.scenarios.end()) return true;
  bool all = true;
  for (const Source& program : info.programs) {
    if (std::ranges::find(known->programs, program) != known->programs.end()) continue;
    fmt::print("{} is not the program that was measured\n", program.path);
    all = false;
  }
  return all;
}

}  // namespace

Exit lessons(const LessonsOptions& options) {
  const Project project = find_project(options.source);
  std::vector<Campaign> campaigns;
  for (const char* compiler : {"gcc", "clang"})
    campaigns.push_back(read_results(project.root / "reports" / "sample" / compiler));
  bool all_fresh = true;
  bool all_known = true;
  for (const auto& info : read_scenarios(project)) {
    for (const Campaign& campaign : campaigns) all_known &= measured_as_they_are(campaign, info);
    for (const auto& [name, language] : {std::pair("lesson.md", Language::english),
                                         std::pair("lesson.zh.md", Language::chinese)}) {
      const fs::path file = project.root / "scenarios" / info.name / name;
      if (!fs::exists(file)) continue;
      const std::string table = reports::measured_table(campaigns, info.name, language);
      if (!table.empty()) all_fresh &= bring_up_to_date(file, table, options.check);
    }
  }
  if (!all_known) fmt::print("reports/sample/README.md says how to measure anew\n");
  if (!options.check || (all_fresh && all_known)) return Exit::ok;
  if (!all_fresh) fmt::print("`redflag lessons` writes them from reports/sample\n");
  return Exit::findings;
}

}  // namespace redflag
