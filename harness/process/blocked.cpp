#include "process/blocked.h"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace redflag {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

std::string line_starting(const fs::path& file, std::string_view start) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(start)) return line;
  }
  return {};
}

// A thread that runs has "running".
bool waits_for_ever(const std::string& syscall_line) {
  std::istringstream in(syscall_line);
  long number = -1;
  std::string address;
  std::string operation;
  std::string value;
  std::string timeout;
  if (!(in >> number >> address >> operation >> value >> timeout) || number != SYS_futex)
    return false;
  unsigned code = 0;
  const auto* begin = operation.data() + std::min<std::size_t>(2, operation.size());
  std::from_chars(begin, operation.data() + operation.size(), code, 16);
  code &= static_cast<unsigned>(FUTEX_CMD_MASK);
  const bool wait = code == FUTEX_WAIT || code == FUTEX_WAIT_BITSET || code == FUTEX_LOCK_PI;
  return wait && timeout == "0x0";
}

std::vector<fs::path> threads_of(pid_t process) {
  std::vector<fs::path> threads;
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator("/proc/" + std::to_string(process) + "/task", error))
    threads.push_back(entry.path());
  std::ranges::sort(threads);
  return threads;
}

// The waits of all threads as text, or nothing if any thread may still go on.
std::optional<std::string> standstill(pid_t process, const std::vector<int>& ignored) {
  std::string waits;
  for (const auto& thread : threads_of(process)) {
    const std::string id = thread.filename();
    if (std::ranges::any_of(ignored, [&](int i) { return std::to_string(i) == id; })) continue;
    const std::string call = first_line(thread / "syscall");
    if (!sleeps_for_ever(call, line_starting(thread / "status", "State"))) return std::nullopt;
    waits += id + ' ' + call + ' ' + line_starting(thread / "status", "voluntary_ctxt") + '\n';
  }
  if (waits.empty()) return std::nullopt;
  return waits;
}

std::string activity(const std::string& syscall_line) {
  const auto number = syscall_line.substr(0, syscall_line.find(' '));
  if (number == std::to_string(SYS_futex))
    return waits_for_ever(syscall_line) ? "waits for another thread, without a time limit"
                                        : "waits for another thread (futex)";
  if (number.empty()) return "what it does may not be read";
  if (number == "-1" || number == "running") return "runs";
  return "in system call " + number;
}

}  // namespace

bool sleeps_for_ever(const std::string& syscall_line, const std::string& state_line) {
  return waits_for_ever(syscall_line) && state_line.find("S (sleeping)") != std::string::npos;
}

bool BlockedWatch::stands_still(pid_t process, const std::vector<int>& ignored) {
  auto now = standstill(process, ignored);
  const bool same = now && now == before_;
  before_ = std::move(now);
  return same;
}

std::vector<std::string> thread_states(pid_t process) {
  std::vector<std::string> states;
  for (const auto& thread : threads_of(process)) {
    // "State:	S (sleeping)"
    const std::string state = line_starting(thread / "status", "State");
    states.push_back("thread " + thread.filename().string() + ": " +
                     activity(first_line(thread / "syscall")) + ' ' +
                     state.substr(std::min(state.find('('), state.size())));
  }
  return states;
}

}  // namespace redflag
