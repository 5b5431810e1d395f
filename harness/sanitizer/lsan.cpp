#include "sanitizer/lsan.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "sanitizer/builder.h"
#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

// "Direct leak of 24 byte(s) in 1 object(s) allocated from:"
bool is_leak(std::string_view line) {
  return (line.starts_with("Direct leak of ") || line.starts_with("Indirect leak of ")) &&
         contains(line, " byte(s) in ");
}

std::string counted(std::string_view number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == "1" ? "" : "s");
}

void describe(std::string_view line, Finding& finding) {
  const auto* const how = line.starts_with("Direct") ? "direct" : "indirect";
  const auto bytes = between(line, "leak of ", " byte(s)");
  const auto objects = between(line, "byte(s) in ", " object(s)");
  finding.message =
      fmt::format("{} leak of {} in {}", how, counted(bytes, "byte"), counted(objects, "object"));
  finding.location = objects == "1" ? fmt::format("heap block of size {}", bytes)
                                    : fmt::format("{} heap blocks of {} bytes", objects, bytes);
}

bool ends_report(std::string_view line) {
  return line.starts_with("SUMMARY: ") || line.starts_with("=====");
}

Finding read_leak(std::string_view line, LineReader& reader) {
  Builder builder(reader);
  auto& finding = builder.finding();
  finding.tool = "LeakSanitizer";
  finding.kind = Kind::memory_leak;
  describe(line, finding);
  builder.open_stack(Role::side, line, "");
  while (const auto next = builder.next_line()) {
    if (builder.take_frame(*next, line)) continue;
    if (trimmed(*next).empty() || is_leak(*next) || ends_report(*next)) {
      reader.push_back();
      break;
    }
  }
  return builder.finish();
}

void read_leaks(LineReader& reader, Report& report) {
  while (const auto next = reader.next()) {
    if (is_leak(*next)) {
      report.findings.push_back(read_leak(*next, reader));
    } else if (starts_report(*next)) {
      return reader.push_back();
    } else if (ends_report(*next)) {
      return;
    }
  }
}

// A report that was cut before its first leak is still one.
Finding leaks_without_blocks(LineReader& reader) {
  Builder builder(reader);
  builder.finding().tool = "LeakSanitizer";
  builder.finding().kind = Kind::memory_leak;
  builder.finding().message = "detected memory leaks, whose places are missing";
  return builder.finish();
}

}  // namespace

// "==12345==ERROR: LeakSanitizer: detected memory leaks"
bool parse_lsan(std::string_view line, LineReader& reader, Report& report) {
  if (!contains(line, "ERROR: LeakSanitizer: detected memory leaks")) return false;
  auto without_blocks = leaks_without_blocks(reader);
  const auto before = report.findings.size();
  read_leaks(reader, report);
  if (report.findings.size() == before) report.findings.push_back(std::move(without_blocks));
  return true;
}

}  // namespace redflag::sanitizer
