#include "sanitizer/asan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <climits>
#include <string>
#include <vector>

#include "sanitizer/builder.h"
#include "sanitizer/kinds.h"
#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

// The state of reading one error.
struct Error {
  Builder builder;
  std::string what;              // "heap-use-after-free"
  std::string thread;            // that the first line names
  std::string signal_access;     // "write" of "caused by a WRITE memory access"
  int nearest_global = INT_MAX;  // bytes from the address to the global that is `location`
};

constexpr auto tools = std::to_array<std::string_view>(
    {"AddressSanitizer", "ThreadSanitizer", "LeakSanitizer", "UndefinedBehaviorSanitizer"});

// "heap-use-after-free on address 0x…", "attempting double-free on 0x603000000040 in thread T0:",
// "attempting free on address which was not malloc()-ed: 0x602000000014 in thread T0",
// "alloc-dealloc-mismatch (operator new [] vs free) on 0x602000000010",
// "memcpy-param-overlap: memory ranges [0x7f71,0x7f79) and [0x7f70, 0x7f78) overlap"
std::string what_of(std::string_view header) {
  for (const std::string_view mark :
       {" on address 0x", " on unknown address", " on 0x", ": ", " in thread ", " (0x"}) {
    header = before(header, mark);
  }
  return stable(header);
}

// "READ of size 4 at 0x603000000054 thread T1"
bool is_access(std::string_view line) {
  return (line.starts_with("READ of size ") || line.starts_with("WRITE of size ")) &&
         contains(line, " at ");
}

std::optional<Role> role_of(std::string_view line) {
  if (is_access(line) || line.starts_with("freed by thread ")) return Role::side;
  if (line.starts_with("previously allocated by ") || line.starts_with("allocated by thread ")) {
    return Role::allocation;
  }
  // "Address 0x7fff is located in stack of thread T0 at offset 32 in frame"
  if (contains(line, " is located in stack of ")) return Role::allocation;
  if (line.starts_with("Thread T") && contains(line, " created by ")) return Role::thread;
  if (line == "registered at:") return Role::other;
  return std::nullopt;
}

// "READ of size 4 at 0x6030 thread T1" to "Read of size 4 by thread T1", as ThreadSanitizer says it
std::string title_of(std::string_view line, Role role) {
  auto title = stable(line);
  if (title.ends_with(" here")) title.resize(title.size() - 5);
  if (role != Role::side || !is_access(line)) return title;
  const auto verb = line.starts_with("READ") ? "Read" : "Write";
  const auto size = number_at_start(*after(line, " of size ")).value_or(0);
  const auto thread = thread_in(line);
  const auto* const article = thread.starts_with('T') ? "thread " : "";
  return fmt::format("{} of size {} by {}{}", verb, size, article, thread);
}

// "0x6030 is located 20 bytes inside of 24-byte region [0x6030,0x6048)"
// "0x5555 is located 0 bytes to the right of global variable 'table' defined in 'a.cpp:4:5'
//  (0x5555) of size 40"; GCC names its neighbours too.
void read_location(std::string_view line, Error& error) {
  auto& location = error.builder.finding().location;
  const auto rest = *after(line, " is located ");
  const auto distance = number_at_start(rest).value_or(INT_MAX);
  if (contains(rest, "global variable '") && distance < error.nearest_global) {
    error.nearest_global = distance;
    const auto name =
        replaced(between(rest, "global variable '", "'"), "(anonymous namespace)::", "");
    const auto size = contains(rest, ") of size ") ? trimmed(*after(rest, ") of size ")) : "?";
    location = fmt::format("global '{}' of size {}", name, size);
  } else if (contains(rest, "-byte region ") && location.empty()) {
    const auto left = before(rest, "-byte region ");
    location = fmt::format("heap block of size {}", left.substr(left.rfind(' ') + 1));
  } else if (rest.starts_with("in stack of ") && location.empty()) {
    location = fmt::format("stack of {}", thread_in(rest));
  }
}

// "    [32, 36) 'local' (line 7) <== Memory access at offset 32 is inside this variable"
void read_variable(std::string_view line, Error& error) {
  auto& location = error.builder.finding().location;
  if (!location.starts_with("stack of ")) return;
  location = fmt::format("'{}' on the {}", between(line, "'", "'"), location);
}

void read_detail(std::string_view line, Error& error) {
  error.builder.keep_line();
  if (contains(line, "<== Memory access")) read_variable(line, error);
  // "==12==The signal is caused by a WRITE memory access."
  if (contains(line, "is caused by a WRITE")) error.signal_access = "write";
  if (contains(line, "is caused by a READ")) error.signal_access = "read";
}

// Lines that only tell more: hints, objects in a frame, the process's own.
bool is_detail(std::string_view line) {
  return line.starts_with(' ') || line.starts_with("==") || line.starts_with("HINT: ") ||
         line.starts_with("AddressSanitizer ");
}

void read_line(std::string_view line, Error& error) {
  if (error.builder.take_frame(line, error.what)) {
    auto& stack = error.builder.finding().stacks.back();
    if (stack.thread.empty() && error.builder.finding().stacks.size() == 1) {
      stack.thread = error.thread;
    }
    return;
  }
  const auto text = trimmed(line);
  if (contains(text, " is located ")) {
    error.builder.keep_line();
    read_location(text, error);
  }
  if (const auto role = role_of(text)) {
    const auto subject = *role == Role::thread ? before(text, " created ") : text;
    error.builder.open_stack(*role, title_of(text, *role), thread_in(subject));
  } else if (is_detail(line)) {
    read_detail(line, error);
  }
}

// After the summary come the shadow bytes, for a signal the thread's creation, and
// "==12345==ABORTING".
bool is_afterword(std::string_view line) {
  return line.starts_with("Thread T") || line.starts_with("Shadow byte") ||
         line.starts_with("  ") || line.starts_with("=>") || line.starts_with("==") ||
         line.starts_with("Command: ");
}

void read_afterword(LineReader& reader, Error& error) {
  while (const auto line = error.builder.next_line()) {
    if (trimmed(*line).empty()) continue;
    if (!is_afterword(*line) || line->starts_with("=====")) return reader.push_back();
    error.builder.keep_line();
    if (line->ends_with("==ABORTING")) return;
    read_line(*line, error);
  }
}

void read_body(LineReader& reader, Error& error) {
  while (const auto line = error.builder.next_line()) {
    if (line->starts_with("=====")) return;
    if (line->ends_with("==ABORTING")) return error.builder.keep_line();
    if (line->starts_with("SUMMARY: ")) {
      error.builder.keep_line();
      return read_afterword(reader, error);
    }
    read_line(*line, error);
  }
}

std::string in_words(std::string title) {
  if (title.starts_with("Read")) title.front() = 'r';
  if (title.starts_with("Write")) title.front() = 'w';
  return replaced(title, "thread T0", "main thread");
}

std::string message_of(const Error& error, const Finding& finding) {
  std::vector<std::string> details;
  if (!error.signal_access.empty()) details.push_back(error.signal_access + " access");
  for (const auto& stack : finding.stacks) {
    if (stack.role == Role::side && stack.title != error.what) {
      details.push_back(in_words(stack.title));
    }
  }
  if (details.empty()) return error.what;
  return fmt::format("{}: {}", error.what, fmt::join(details, ", "));
}

// "(pc 0x5555 bp 0x7fff sp 0x7fff T1)", "in thread T0"; the other tools give the system's number.
std::string thread_in_header(std::string_view tool, std::string_view header) {
  if (tool != "AddressSanitizer") return {};
  auto thread = thread_in(header);
  if (!thread.empty() || !contains(header, " sp 0x")) return thread;
  const auto start = header.rfind(" T");
  return start == std::string_view::npos ? ""
                                         : thread_in(fmt::format("thread{}", header.substr(start)));
}

void parse_error(std::string_view tool, std::string_view header, LineReader& reader,
                 Report& report) {
  Error error{Builder(reader), what_of(header), thread_in_header(tool, header), {}};
  auto& finding = error.builder.finding();
  finding.tool = tool == "UndefinedBehaviorSanitizer" ? "UBSan" : tool;
  finding.kind = asan_kind(header);
  read_body(reader, error);
  finding.message = message_of(error, finding);
  report.findings.push_back(error.builder.finish());
}

}  // namespace

// "==12345==ERROR: AddressSanitizer: heap-use-after-free on address 0x603000000054 at pc 0x…"
// "==12345==ERROR: ThreadSanitizer: SEGV on unknown address 0x000000000000 (pc 0x… T12346)"
bool parse_asan(std::string_view line, LineReader& reader, Report& report) {
  const auto rest = after(line, "ERROR: ");
  if (!rest) return false;
  for (const auto tool : tools) {
    if (!rest->starts_with(tool) || !rest->substr(tool.size()).starts_with(": ")) continue;
    parse_error(tool, rest->substr(tool.size() + 2), reader, report);
    return true;
  }
  return false;
}

}  // namespace redflag::sanitizer
