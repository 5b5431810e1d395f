// AddressSanitizer's errors, and the deadly signals that any sanitizer reports.
#pragma once

#include <string_view>

#include "sanitizer/lines.h"
#include "sanitizer/parse.h"

namespace redflag::sanitizer {

/// If `line`, the reader's last one, starts such a report: reads it to its end and adds what it
/// found to `report`. Else false, and nothing is read.
bool parse_asan(std::string_view line, LineReader& reader, Report& report);

}  // namespace redflag::sanitizer
