#include "campaign/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "process/child.h"

namespace redflag {
namespace {

// The lines that tell what is wrong, out of all that a build prints.
std::string essence(const Ended& ended) {
  if (!ended.start_error.empty()) return ended.start_error;
  const std::string text = ended.out + ended.err;
  auto start = text.find("CMake Error");
  if (start == std::string::npos) start = text.find("error:");
  if (start == std::string::npos) start = text.find("FAILED:");
  if (start != std::string::npos) start = text.rfind('\n', start);
  constexpr std::size_t most = 1500;
  std::string told = text.substr(start == std::string::npos ? 0 : start + 1, most);
  for (const char* const aside : {"\nCall Stack (", "\nninja: build stopped"})
    told.erase(std::min(told.find(aside), told.size()));
  told.erase(told.find_last_not_of(" \n") + 1);
  return told;
}

Ended cmake(const Project& project, std::vector<std::string> arguments,
            const std::atomic<bool>& stop) {
  Command command;
  command.argv = {"cmake"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.folder = project.root;
  return run_child(command, [&](pid_t) { return stop ? Watch::ask_to_end : Watch::go_on; });
}

// Configured by these presets. If anything else has changed since, the build sees to it.
bool is_configured(const Project& project, const std::string& preset) {
  std::error_code missing;
  const auto configured =
      std::filesystem::last_write_time(project.root / "build" / preset / "build.ninja", missing);
  if (missing) return false;
  const auto presets =
      std::filesystem::last_write_time(project.root / "CMakePresets.json", missing);
  return !missing && presets < configured;
}

Ended build_targets(const Project& project, const std::string& preset,
                    const std::vector<std::string>& targets, unsigned jobs,
                    const std::atomic<bool>& stop) {
  std::vector<std::string> arguments = {"--build",    "--preset",           preset,
                                        "--parallel", std::to_string(jobs), "--target"};
  arguments.insert(arguments.end(), targets.begin(), targets.end());
  arguments.insert(arguments.end(), {"--", "-k", "0"});  // one that fails does not stop the rest
  return cmake(project, std::move(arguments), stop);
}

}  // namespace

std::map<std::string, std::string> build(const Project& project, const std::string& preset,
                                         const std::vector<std::string>& targets, unsigned jobs,
                                         const std::atomic<bool>& stop,
                                         const BuildProgress& progress) {
  std::map<std::string, std::string> failed;
  if (!is_configured(project, preset)) {
    progress(fmt::format("configuring {}", preset));
    const Ended configured = cmake(project, {"--preset", preset}, stop);
    if (configured.exit_code != 0) {
      for (const auto& target : targets)
        failed[target] =
            fmt::format("preset {} cannot be configured: {}", preset, essence(configured));
      return failed;
    }
  }
  progress(fmt::format("building {} programs for {}", targets.size(), preset));
  if (build_targets(project, preset, targets, jobs, stop).exit_code == 0) return failed;
  for (const auto& target : targets) {  // which? Those that are built cost nothing here
    const Ended ended = build_targets(project, preset, {target}, jobs, stop);
    if (ended.exit_code != 0) failed[target] = essence(ended);
  }
  return failed;
}

}  // namespace redflag
