// The main() of every scenario's program.
#include <getopt.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <new>

#include "program/death.h"
#include "program/describe.h"
#include "program/execution.h"
#include "program/explored.h"
#include "program/reports.h"

namespace redflag {
namespace {

// The runner's page if there is a runner, else one of our own.
StatusPage* status_page() {
  int fd = -1;
  if (const char* number = std::getenv(status_fd_variable)) fd = std::atoi(number);
  const int flags = fd >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS;
  void* memory = mmap(nullptr, sizeof(StatusPage), PROT_READ | PROT_WRITE, flags, fd, 0);
  if (memory == MAP_FAILED) {
    std::perror("redflag: cannot map the status page");
    std::_Exit(3);
  }
  auto* page = new (memory) StatusPage{};
  page->magic = StatusPage::magic_number;
  return page;
}

// For a person who runs the program by hand. Returns how many executions were forbidden.
std::uint64_t print_outcomes(const StatusPage& page) {
  const Description description = describe(program);
  std::uint64_t bad = 0;
  std::printf("%llu executions\n", static_cast<unsigned long long>(page.completed));
  for (const auto& slot : page.outcomes) {
    if (slot.count == 0) break;
    const auto* declared = find_outcome(description, slot.text);
    const bool allowed = declared != nullptr && declared->allowed;
    if (!allowed) bad += slot.count;
    std::printf("%10llu  %-10s  %s\n", static_cast<unsigned long long>(slot.count),
                allowed ? "acceptable" : "FORBIDDEN", slot.text);
  }
  if (page.leaked_threads != 0)
    std::printf("%10llu  threads outlived their execution\n",
                static_cast<unsigned long long>(page.leaked_threads));
  return bad + page.leaked_threads;
}

struct Options {
  bool describe = false;
  Limits limits;
};

constexpr const char* usage =
    "One program of a redflag scenario: runs its body again and again.\n"
    "  --describe        print what it is and must show, as JSON\n"
    "  --executions N    at most so many (1000)\n"
    "  --seconds S       begin no execution after so long (1)\n";

// getopt and not a larger library: this code is linked into every program under test, and TSan
// reads all of a program's debug information before it prints its first report.
Options parse(int argc, char** argv) {
  constexpr option known[] = {{"describe", no_argument, nullptr, 'd'},
                              {"executions", required_argument, nullptr, 'e'},
                              {"seconds", required_argument, nullptr, 's'},
                              {"help", no_argument, nullptr, 'h'},
                              {nullptr, 0, nullptr, 0}};
  Options options;
  char* end = nullptr;
  for (int key = 0; (key = getopt_long(argc, argv, "", known, nullptr)) != -1;) {
    bool good = key != '?';
    if (key == 'd') options.describe = true;
    if (key == 'e') options.limits.executions = std::strtoull(optarg, &end, 10);
    if (key == 's') options.limits.time = std::chrono::duration<double>(std::strtod(optarg, &end));
    if (key == 'e' || key == 's') good = end != optarg && *end == '\0';
    if (good && key != 'h') continue;
    std::fputs(usage, good ? stdout : stderr);
    std::exit(good ? 0 : 2);
  }
  return options;
}

int run(int argc, char** argv) {
  const Options options = parse(argc, argv);
  if (options.describe) {
    std::fputs(to_json(describe(program)).c_str(), stdout);
    return 0;
  }
  if (is_explored()) {
    run_explored(program);
    return 0;
  }
  StatusPage& page = *status_page();
  prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);  // eu-stack, a sibling, may look at a hang under Yama
  note_death_on(page);
  note_reports_on(page);
  run_executions(program, options.limits, page);
  if (std::getenv(status_fd_variable) != nullptr) return 0;
  return print_outcomes(page) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace redflag

int main(int argc, char** argv) { return redflag::run(argc, argv); }
