#include "campaign/environment.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include <ctime>
#include <fstream>
#include <thread>

#include "process/child.h"

namespace redflag {
namespace {

// "model name	: AMD EPYC 7B13" of /proc/cpuinfo.
std::string cpu_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::string operating_system() {
  utsname name = {};
  uname(&name);
  std::ifstream in("/etc/os-release");
  constexpr std::string_view mark = "PRETTY_NAME=\"";
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(mark))
      return fmt::format("{}, {} {}", line.substr(mark.size(), line.size() - mark.size() - 1),
                         name.sysname, name.release);
  }
  return fmt::format("{} {}", name.sysname, name.release);
}

}  // namespace

std::string compiler_command(const std::string& compiler) {
  return compiler == "clang" ? "clang++" : "g++";
}

std::string compiler_version(const std::string& compiler) {
  Command command;
  command.argv = {compiler_command(compiler), "--version"};
  const Ended ended = run_child(command);
  return ended.exit_code == 0 ? ended.out.substr(0, ended.out.find('\n')) : "";
}

void describe_environment(Environment& environment) {
  environment.redflag_version = REDFLAG_VERSION;
  environment.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  environment.host_os = operating_system();
  environment.cpu = cpu_name();
  environment.cores = std::thread::hardware_concurrency();
  for (const char* compiler : {"gcc", "clang"}) {
    if (const auto version = compiler_version(compiler); !version.empty())
      environment.compilers.push_back(fmt::format("{}: {}", compiler, version));
  }
}

}  // namespace redflag
