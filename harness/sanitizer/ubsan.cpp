#include "sanitizer/ubsan.h"

#include <string>

#include "sanitizer/builder.h"
#include "sanitizer/frame.h"
#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

// "0x7fff: note: pointer points here", then a line of bytes and one with a caret.
bool is_note(std::string_view line) { return contains(line, ": note: ") || line.starts_with(' '); }

void read_body(std::string_view title, LineReader& reader, Builder& builder) {
  while (const auto line = builder.next_line()) {
    if (builder.take_frame(*line, title)) continue;
    if (line->starts_with("SUMMARY: UndefinedBehaviorSanitizer")) return builder.keep_line();
    if (!is_note(*line)) return reader.push_back();
    builder.keep_line();
  }
}

// The frame of "/src/a.cpp:6:27", when no stack was printed (print_stacktrace=0, the default).
Frame frame_of(std::string_view place) {
  const auto line = "#0 <null> " + std::string(trimmed(place));
  return parse_frame(line).value_or(Frame{});
}

}  // namespace

// "/src/a.cpp:6:27: runtime error: signed integer overflow: 2147483647 + 1 cannot be …"
bool parse_ubsan(std::string_view line, LineReader& reader, Report& report) {
  constexpr std::string_view mark = ": runtime error: ";
  const auto what = after(line, mark);
  if (!what) return false;
  Builder builder(reader);
  auto& finding = builder.finding();
  finding.tool = "UBSan";
  finding.kind = Kind::undefined_behavior;
  finding.message = stable(*what);
  read_body(finding.message, reader, builder);
  if (!builder.has_stacks()) {
    finding.stacks.push_back({Role::side, finding.message, "", {frame_of(before(line, mark))}});
  }
  report.findings.push_back(builder.finish());
  return true;
}

}  // namespace redflag::sanitizer
