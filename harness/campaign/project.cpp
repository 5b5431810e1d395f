#include "campaign/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace redflag {
namespace {

namespace fs = std::filesystem;

bool is_checkout(const fs::path& folder) {
  return fs::is_directory(folder / "scenarios") && fs::exists(folder / "CMakePresets.json") &&
         fs::is_directory(folder / "harness" / "program");
}

std::vector<Source> read_programs(const fs::path& folder) {
  std::vector<Source> programs;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& file = entry.path();
    if (file.extension() != ".cpp") continue;
    const std::string variant = file.stem();
    const Side side = variant.starts_with("safe") ? Side::safe : Side::unsafe;
    const std::string path =
        fmt::format("scenarios/{}/{}", folder.filename().string(), file.filename().string());
    programs.push_back({variant, side, path, file_text(file)});
  }
  // Unsafe first; "unsafe" before "unsafe_relaxed".
  std::ranges::sort(programs, {}, [](const Source& s) { return std::pair(s.side, s.variant); });
  return programs;
}

ScenarioInfo read_scenario(const fs::path& folder) {
  ScenarioInfo info;
  info.name = folder.filename();
  info.programs = read_programs(folder);
  info.lesson = file_text(folder / "lesson.md");
  read_lesson_head(info.lesson, fmt::format("scenarios/{}/lesson.md", info.name), info);
  return info;
}

}  // namespace

std::string file_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw CannotRun(fmt::format("cannot read {}", file.string()));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Project find_project(const std::optional<fs::path>& wanted) {
  if (wanted) {
    if (is_checkout(*wanted)) return {fs::canonical(*wanted)};
    throw CannotRun(fmt::format("{} holds no redflag checkout (scenarios/ and CMakePresets.json)",
                                wanted->string()));
  }
  for (fs::path folder = fs::current_path();; folder = folder.parent_path()) {
    if (is_checkout(folder)) return {folder};
    if (folder == folder.parent_path()) break;
  }
  if (is_checkout(REDFLAG_SOURCE_DIR)) return {REDFLAG_SOURCE_DIR};
  throw CannotRun("no redflag checkout here; go to one, or name it with --source DIR");
}

std::vector<ScenarioInfo> read_scenarios(const Project& project) {
  std::vector<ScenarioInfo> scenarios;
  for (const auto& entry : fs::directory_iterator(project.root / "scenarios")) {
    if (entry.is_directory()) scenarios.push_back(read_scenario(entry.path()));
  }
  std::ranges::sort(scenarios, {},
                    [](const ScenarioInfo& info) { return std::pair(info.article, info.name); });
  return scenarios;
}

void read_lesson_head(const std::string& lesson, const std::string& file, ScenarioInfo& info) {
  std::istringstream in(lesson);
  std::string title;
  std::string empty;
  std::string summary;
  std::getline(in, title);
  std::getline(in, empty);
  for (std::string line; std::getline(in, line) && !line.empty();)
    summary += (summary.empty() ? "" : " ") + line;
  constexpr std::string_view mark = "Article §";
  const auto dot = summary.find(". ");
  if (!title.starts_with("# ") || !empty.empty() || !summary.starts_with(mark) ||
      dot == std::string::npos)
    throw CannotRun(fmt::format(
        "{} must begin with \"# Title\", an empty line and \"Article §N. One sentence.\"", file));
  info.title = title.substr(2);
  info.article = summary.substr(mark.size(), dot - mark.size());
  info.summary = summary.substr(dot + 2);
}

}  // namespace redflag
