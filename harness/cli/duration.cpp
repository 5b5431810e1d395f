#include "cli/duration.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "campaign/project.h"

namespace redflag {

double parse_duration(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  const double scale = unit == "ms"                   ? 0.001
                       : unit == "s" || unit.empty()  ? 1
                       : unit == "m" || unit == "min" ? 60
                       : unit == "h"                  ? 3600
                                                      : 0;
  if (end == text.c_str() || scale == 0 || !std::isfinite(number) || number <= 0)
    throw UsageError(fmt::format("\"{}\" is no time; write it like 90s, 1.5m or 250ms", text));
  return number * scale;
}

std::string show_duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace redflag
