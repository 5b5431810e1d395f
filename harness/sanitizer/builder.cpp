#include "sanitizer/builder.h"

#include <fmt/format.h>

#include <utility>

#include "sanitizer/frame.h"
#include "sanitizer/signature.h"
#include "sanitizer/text.h"
#include "sanitizer/tool_error.h"

namespace redflag::sanitizer {
namespace {

constexpr std::size_t longest_text = 65'536;

void make_printable(Finding& finding) {
  for (auto* text : {&finding.message, &finding.location, &finding.text}) *text = printable(*text);
  for (auto& stack : finding.stacks) {
    stack.title = printable(stack.title);
    for (auto& frame : stack.frames) {
      for (auto* text : {&frame.function, &frame.file, &frame.module}) *text = printable(*text);
    }
  }
}

}  // namespace

bool starts_report(std::string_view line) {
  return contains(line, "WARNING: ThreadSanitizer: ") ||
         (contains(line, "ERROR: ") && contains(line, "Sanitizer: ")) ||
         contains(line, "Sanitizer:DEADLYSIGNAL") || contains(line, ": runtime error: ") ||
         tool_error(line).has_value();
}

// "… by thread T2 (mutexes: write M0):", "… by main thread:", "… thread T0 here:",
// "Thread T1 created by T0 here:", "Thread T1 'name' (tid=12, running) created by main thread at:"
std::string thread_in(std::string_view line) {
  if (contains(line, "main thread")) return "main thread";
  for (const std::string_view mark : {"thread T", "Thread T", " by T", " of T"}) {
    const auto rest = after(line, mark);
    const auto number = rest ? number_at_start(*rest) : std::nullopt;
    if (number) return *number == 0 ? "main thread" : fmt::format("T{}", *number);
  }
  return {};
}

std::optional<std::string_view> Builder::next_line() {
  const auto line = reader_.next();
  if (!line) return std::nullopt;
  if (!starts_report(*line)) return line;
  reader_.push_back();
  return std::nullopt;
}

void Builder::open_stack(Role role, std::string_view title, std::string thread) {
  keep_line();
  finding_.stacks.push_back({role, stable(title), std::move(thread), {}});
}

bool Builder::take_frame(std::string_view line, std::string_view title) {
  auto frame = parse_frame(line);
  if (!frame) return false;
  if (!has_stacks()) open_stack(Role::side, title, thread_in(title));
  finding_.stacks.back().frames.push_back(*std::move(frame));
  keep_line();
  return true;
}

std::string Builder::raw_text() const {
  const auto whole = reader_.text(begin_, end_);
  if (whole.size() <= longest_text) return std::string(whole);
  return fmt::format("{}\n[redflag: {} more bytes are in the log]\n", whole.substr(0, longest_text),
                     whole.size() - longest_text);
}

Finding Builder::finish() {
  finding_.text = raw_text();
  make_printable(finding_);
  finding_.signature = signature_of(finding_);
  return std::move(finding_);
}

}  // namespace redflag::sanitizer
