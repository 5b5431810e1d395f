#include "sanitizer/tsan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "sanitizer/builder.h"
#include "sanitizer/kinds.h"
#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

// "  Previous atomic write of size 4 at 0x7b08 by thread T2 (mutexes: write M0, read M1):"
// "  Modifying access of Playlist at 0x7b04 by main thread:"
bool is_access(std::string_view line) {
  return (contains(line, " of size ") || contains(line, " access of ")) && contains(line, " by ");
}

// The role of the stack under a line that names one. The order matters: "Location is heap block of
// size 4 at 0x7b08 allocated by main thread:" looks like an access.
std::optional<Role> role_of(std::string_view line) {
  if (line.starts_with("Location is ")) return Role::allocation;
  if (line.starts_with("Thread T") && contains(line, " created ")) return Role::thread;
  if (line.starts_with("As if synchronized via sleep")) return Role::other;
  // "Mutex M0 previously acquired by the same thread here:", only with second_deadlock_stack=1.
  if (contains(line, " previously acquired by ")) return Role::other;
  // "Mutex M1 acquired here while holding mutex M0 in thread T1:"
  if (contains(line, " acquired here while holding ")) return Role::side;
  if (line.starts_with("Mutex ") && contains(line, " created at")) return Role::mutex;
  if (line == "and:" || is_access(line)) return Role::side;
  return std::nullopt;
}

// "Thread T1 'name' (tid=12, running) created by main thread at:" is about T1.
std::string thread_of(Role role, std::string_view line) {
  return thread_in(role == Role::thread ? before(line, " created ") : line);
}

// "Location is heap block of size 24 at 0x7b08 allocated by main thread:" to
// "heap block of size 24"; "Location is global 'x' of size 4 at 0x5555 (program+0x4094)" to
// "global 'x' of size 4".
std::string location_of(std::string_view line) {
  auto text = *after(line, "Location is ");
  for (const std::string_view mark : {" at 0x", " allocated by ", " created by "}) {
    text = before(text, mark);
  }
  return replaced(stable(text), "(anonymous namespace)::", "");
}

// A race on a stack has a second location: "Location is global '??' at 0x7fff ([stack]+0x20484)".
bool is_bogus_location(std::string_view line) {
  return contains(line, "global '<null>'") || contains(line, "global '?");
}

void read_location(std::string_view line, Builder& report) {
  report.keep_line();
  if (is_bogus_location(line)) return;
  if (report.finding().location.empty()) report.finding().location = location_of(line);
  if (line.ends_with(':')) report.open_stack(Role::allocation, line, thread_in(line));
}

// "Cycle in lock order graph: M0 (0x5555) => M1 (0x5556) => M0"
std::string cycle_of(std::string_view line) {
  return stable(after(line, "Cycle in lock order graph: ").value_or(""));
}

void read_line(std::string_view line, std::string_view what, Builder& report) {
  if (report.take_frame(line, what)) return;
  line = trimmed(line);
  if (line.starts_with("Cycle in lock order graph: ")) {
    report.keep_line();
    report.finding().message = cycle_of(line);
    return;
  }
  const auto role = role_of(line);
  if (role == Role::allocation) return read_location(line, report);
  if (role) return report.open_stack(*role, line, thread_of(*role, line));
  // "[failed to restore the stack]", "And 3 more similar thread leaks.", "Hint: use TSAN_OPTIONS="
  if (line.starts_with('[') || line.starts_with("And ") || line.starts_with("Hint: ")) {
    report.keep_line();
  }
}

// "==================" ends a report; it also starts one, but before the line that we know it by.
bool ends_report(std::string_view line) {
  return line.starts_with("SUMMARY: ThreadSanitizer: ") || line.starts_with("==================");
}

void read_body(std::string_view what, Builder& report) {
  while (const auto line = report.next_line()) {
    if (!ends_report(*line)) {
      read_line(*line, what, report);
      continue;
    }
    if (line->starts_with("SUMMARY")) report.keep_line();
    return;
  }
}

// "Previous write of size 4 by thread T1 (mutexes: write M0)" to
// "previous write of size 4 by thread T1"; "Thread T1 'name' (finished) created by main thread at"
// to "thread T1 'name' created by main thread"
std::string in_words(const Stack& stack) {
  auto text = std::string(before(stack.title, " (mutexes:"));
  if (text.ends_with(" at")) text.resize(text.size() - 3);
  for (const std::string_view state : {" (running)", " (finished)"}) {
    text = replaced(text, state, "");
  }
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return text;
}

std::vector<std::string> details_of(const Finding& finding) {
  // So far the message is the cycle of locks, if there is one.
  if (!finding.message.empty()) return {finding.message};
  std::vector<std::string> details;
  for (const auto& stack : finding.stacks) {
    const bool told = is_access(stack.title) || finding.kind == Kind::thread_leak;
    if (stack.role == Role::side && told) details.push_back(in_words(stack));
  }
  return details;
}

// A leaked thread has no other place than the one that made it.
void make_creation_the_side(Finding& finding) {
  for (auto& stack : finding.stacks) {
    if (stack.role == Role::thread) stack.role = Role::side;
  }
}

}  // namespace

// "WARNING: ThreadSanitizer: data race (pid=12345)"
bool parse_tsan(std::string_view line, LineReader& reader, Report& report) {
  const auto header = after(line, "WARNING: ThreadSanitizer: ");
  if (!header) return false;
  const auto what = stable(*header);
  Builder builder(reader);
  auto& finding = builder.finding();
  finding.tool = "ThreadSanitizer";
  finding.kind = tsan_kind(what);
  read_body(what, builder);
  if (finding.kind == Kind::thread_leak) make_creation_the_side(finding);
  const auto details = details_of(finding);
  finding.message = details.empty() ? what : fmt::format("{}: {}", what, fmt::join(details, ", "));
  report.findings.push_back(builder.finish());
  return true;
}

}  // namespace redflag::sanitizer
