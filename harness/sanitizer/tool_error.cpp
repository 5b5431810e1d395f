#include "sanitizer/tool_error.h"

#include <algorithm>
#include <array>

#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

// Any of these in a line that names a sanitizer.
constexpr auto failures = std::to_array<std::string_view>({
    "FATAL: ThreadSanitizer",
    "CHECK failed: ",
    "unexpected memory mapping",
    "incompatible memory layout",
    "Shadow memory range interleaves",
    "has encountered a fatal error",
    "failed to read suppressions file",
    "failed to parse suppressions",
    "starting new threads after multi-threaded fork is not supported",
    "nested bug in the same thread",
    "Sanitizer failed to ",
    "Sanitizer: failed to intercept",
    "Thread limit (",
    "unsupported VMA range",
    "ERROR: expected '='",
    "unterminated string",
});

// These name no sanitizer.
constexpr auto nameless = std::to_array<std::string_view>({
    "ASan runtime does not come first in initial library list",
    "Your application is linked against incompatible ASan runtimes",
    "WARNING: external symbolizer",
    "WARNING: invalid path to external symbolizer",
    "WARNING: Failed to use and restart external symbolizer",
    "ERROR: Can't open file: ",
    "ERROR: Can't write to file: ",
});

bool has_any(std::string_view line, const auto& parts) {
  return std::ranges::any_of(parts, [&](auto part) { return contains(line, part); });
}

// "==123==ThreadSanitizer: …" to "ThreadSanitizer: …"
std::string_view without_process(std::string_view line) {
  const auto rest = after(line, "==");
  if (!rest || !number_at_start(*rest)) return line;
  return after(*rest, "==").value_or(line);
}

}  // namespace

// "FATAL: ThreadSanitizer: unexpected memory mapping 0x64d9-0x64da"
// "ThreadSanitizer: CHECK failed: tsan_rtl.cpp:12 "((0)) != ((0))" (0x0, 0x0)"
// "==123==ThreadSanitizer: failed to read suppressions file 'none.txt'"
// "==123==LeakSanitizer has encountered a fatal error."
std::optional<std::string> tool_error(std::string_view line) {
  const bool failed = contains(line, "Sanitizer") && has_any(line, failures);
  if (!failed && !has_any(line, nameless)) return std::nullopt;
  return printable(trimmed(without_process(line)));
}

}  // namespace redflag::sanitizer
