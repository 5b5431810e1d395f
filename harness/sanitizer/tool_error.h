// A sanitizer that could not do its work: nothing about the program's own defects.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redflag::sanitizer {

/// What the line says went wrong inside or around a tool, without process number; nothing if the
/// line says no such thing.
std::optional<std::string> tool_error(std::string_view line);

}  // namespace redflag::sanitizer
