#include "sanitizer/parse.h"

#include <array>

#include "sanitizer/asan.h"
#include "sanitizer/lines.h"
#include "sanitizer/lsan.h"
#include "sanitizer/text.h"
#include "sanitizer/tool_error.h"
#include "sanitizer/tsan.h"
#include "sanitizer/ubsan.h"

namespace redflag {
namespace {

using namespace sanitizer;

bool parse_tool_error(std::string_view line, LineReader& /*reader*/, Report& report) {
  auto error = tool_error(line);
  if (!error) return false;
  report.tool_errors.push_back(*std::move(error));
  return true;
}

// The first that knows the line takes it.
constexpr std::array parsers{parse_tool_error, parse_tsan, parse_lsan, parse_asan, parse_ubsan};

Report parse_plain(std::string_view text) {
  Report report;
  LineReader reader(text);
  while (const auto line = reader.next()) {
    for (const auto parse : parsers) {
      if (parse(*line, reader, report)) break;
    }
  }
  return report;
}

}  // namespace

Report parse_report(std::string_view text) {
  // Options can force colours even into a file.
  if (text.find("\033[") != std::string_view::npos) return parse_plain(without_colours(text));
  return parse_plain(text);
}

}  // namespace redflag
