// redflag doctor: what this machine has, what it lacks and how to mend it.
#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <gsl/util>
#include <string>
#include <system_error>
#include <thread>

#include "campaign/environment.h"
#include "campaign/project.h"
#include "campaign/sanitizer_options.h"
#include "cli/verbs.h"
#include "process/child.h"
#include "process/stacks.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

class Doctor {
 public:
  explicit Doctor(fs::path folder) : folder_(std::move(folder)) {}

  Exit examine() {
    check_tools();
    for (const char* compiler : {"gcc", "clang"}) check_compiler(compiler);
    check_symbolizer();
    check_addresses();
    check_stacks();
    check_cores();
    fmt::print("\n{}\n", healthy_ ? "All that redflag needs is here."
                                  : "Something that redflag needs is missing.");
    return healthy_ ? Exit::ok : Exit::cannot_run;
  }

 private:
  enum class State { good, poor, bad };

  void say(State state, const std::string& what, const std::string& detail,
           const std::string& mend = {}) {
    const char* word = state == State::good ? "ok" : state == State::poor ? "note" : "MISSING";
    fmt::print("{:<8} {:<24} {}\n", word, what, detail);
    if (state != State::good && !mend.empty()) fmt::print("{:<33} mend: {}\n", "", mend);
    if (state == State::bad) healthy_ = false;
  }

  void check_tools() {
    for (const char* tool : {"cmake", "ninja"}) {
      const std::string path = find_program(tool);
      say(path.empty() ? State::bad : State::good, tool, path.empty() ? "not in PATH" : path,
          "scripts/setup");
    }
  }

  // Not only whether it compiles: whether each sanitizer reports what it must, here and now.
  void check_compiler(const std::string& compiler) {
    const std::string command = compiler_command(compiler);
    const std::string version = compiler_version(compiler);
    const State lacking = compiler == "gcc" ? State::bad : State::poor;
    if (version.empty()) {
      say(lacking, command, "not in PATH",
          compiler == "gcc" ? "scripts/setup"
                            : "apt-get install clang; needed for --compiler clang");
      return;
    }
    say(State::good, command, version);
    check_sanitizer(
        command, "thread", lacking, "data race",
        "#include <thread>\nint x;\nint main() { std::thread t([] { x = 1; }); x = 2; t.join(); }");
    check_sanitizer(command, "address", lacking, "heap-use-after-free",
                    "int main() { int* p = new int; delete p; return *p; }");
    check_sanitizer(command, "undefined", lacking, "runtime error",
                    "int main(int n, char**) { int x = 2147483647; x += n; return x == 0; }");
  }

  void check_sanitizer(const std::string& command, const std::string& sanitizer, State lacking,
                       const std::string& must_say, const std::string& source) {
    const std::string name = command + " " + sanitizer;
    const fs::path file = folder_ / "probe.cpp";
    const fs::path program = folder_ / "probe";
    std::ofstream(file) << source << '\n';
    Command compile;
    compile.argv = {command, "-std=c++20", "-pthread", "-fsanitize=" + sanitizer,
                    file,    "-o",         program};
    const Ended compiled = run_child(compile);
    if (compiled.exit_code != 0) {
      say(lacking, name, "cannot link it: " + compiled.err.substr(0, compiled.err.find('\n')),
          command == "g++" ? "scripts/setup"
                           : "apt-get install libclang-rt-14-dev (of your clang's version)");
      return;
    }
    Command run;
    run.argv = {program};
    run.fixed_addresses = needs_fixed_addresses();
    const Ended ended = run_child(run);
    const bool works = ended.err.find(must_say) != std::string::npos;
    say(works ? State::good : lacking, name,
        works ? fmt::format("reports a {}", must_say)
              : "runs, but reports nothing: " + ended.err.substr(0, ended.err.find('\n')));
  }

  void check_symbolizer() {
    std::string path = find_program("llvm-symbolizer");
    if (path.empty()) path = find_program("llvm-symbolizer-14");
    say(path.empty() ? State::poor : State::good, "symbolizer",
        path.empty() ? "no llvm-symbolizer: clang's reports lack names and lines" : path,
        "apt-get install llvm");
  }

  void check_addresses() {
    std::ifstream in("/proc/sys/vm/mmap_rnd_bits");
    int bits = 0;
    if (!(in >> bits)) return say(State::poor, "address randomisation", "cannot be read");
    if (!needs_fixed_addresses())
      return say(State::good, "address randomisation", fmt::format("{} bits", bits));
    Command look;
    look.argv = {"sh", "-c", "grep -m1 stack /proc/self/maps"};
    look.fixed_addresses = true;
    const bool works = run_child(look).out == run_child(look).out;
    say(works ? State::good : State::bad, "address randomisation",
        fmt::format("{} bits, too many for older sanitizer runtimes; redflag {} switch it off for "
                    "its children",
                    bits, works ? "can" : "cannot"),
        "sysctl vm.mmap_rnd_bits=28");
  }

  // A hang is told with its stacks only if the child may be traced.
  void check_stacks() {
    Command sleeper;
    sleeper.argv = {"sleep", "60"};
    ThreadStacks seen;
    run_child(sleeper, [&](pid_t child) {
      seen = thread_stacks(child, {});
      return Watch::kill;
    });
    const bool works = !seen.stacks.empty();
    say(works ? State::good : State::poor, "stacks of hung threads",
        works ? "by " + seen.tool + ", by ptrace" : "neither eu-stack nor gdb can trace a child",
        "apt-get install elfutils; in a container allow ptrace (--cap-add=SYS_PTRACE)");
  }

  void check_cores() {
    const unsigned cores = std::thread::hardware_concurrency();
    say(cores > 1 ? State::good : State::poor, "cores",
        cores > 1 ? std::to_string(cores) : "1: what needs two threads at once is seen rarely",
        "run on a machine with two cores or more");
  }

  fs::path folder_;
  bool healthy_ = true;
};

}  // namespace

Exit doctor() {
  std::string folder = (fs::temp_directory_path() / "redflag-doctor-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "cannot make a temporary folder");
  const auto clean_up = gsl::finally([&] {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  });
  return Doctor(folder).examine();
}

}  // namespace redflag
