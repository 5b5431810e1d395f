#include "campaign/sanitizer_options.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "campaign/project.h"
#include "process/child.h"
#include "sanitizer/log_path.h"

namespace redflag {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

std::string after_users_own(const char* variable, const std::string& ours) {
  const char* own = std::getenv(variable);
  return own != nullptr && *own != '\0' ? std::string(own) + ":" + ours : ours;
}

std::string quoted(const std::string& path) {
  try {
    return quoted_log_path(path);
  } catch (const std::runtime_error& error) {
    throw CannotRun(error.what());
  }
}

// Clang's runtimes look for llvm-symbolizer in PATH; Debian may have it with a version only.
std::string symbolizer() {
  if (!find_program("llvm-symbolizer").empty()) return {};
  for (const char* versioned : {"llvm-symbolizer-14", "llvm-symbolizer-19"}) {
    if (const std::string path = find_program(versioned); !path.empty())
      return ":external_symbolizer_path=" + path;
  }
  return {};
}

}  // namespace

Variables sanitizer_environment(Mode mode, const std::string& log_path) {
  const std::string log =
      "log_path=" + quoted(log_path) + ":log_exe_name=0:abort_on_error=0" + symbolizer();
  switch (mode) {
    case Mode::plain:
      return {};
    case Mode::tsan:
    case Mode::explore:
      // By default the runtime sleeps a whole second at exit while other threads live.
      return {
          {"TSAN_OPTIONS",
           after_users_own("TSAN_OPTIONS", log + ":report_bugs=1:halt_on_error=0:exitcode=66:"
                                                 "atexit_sleep_ms=50:second_deadlock_stack=1")}};
    case Mode::asan:
      // Both stop at the first report, so that the execution that caused it is known.
      return {{"ASAN_OPTIONS",
               after_users_own("ASAN_OPTIONS", log + ":halt_on_error=1:exitcode=1:detect_leaks=1:"
                                                     "detect_stack_use_after_return=1")},
              {"UBSAN_OPTIONS", after_users_own("UBSAN_OPTIONS", log + ":halt_on_error=1:"
                                                                       "print_stacktrace=1")}};
  }
  return {};
}

bool needs_fixed_addresses() {
  std::ifstream in("/proc/sys/vm/mmap_rnd_bits");
  int bits = 0;
  constexpr int most_bits_of_older_runtimes = 28;
  return (in >> bits) && bits > most_bits_of_older_runtimes;
}

}  // namespace redflag
