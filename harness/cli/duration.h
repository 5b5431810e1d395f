// Times as people write them.
#pragma once

#include <string>

namespace redflag {

/// Seconds in "90", "90s", "1.5m", "250ms" or "2h". Throws UsageError for anything else, and for
/// times that are not positive.
double parse_duration(const std::string& text);

/// "8 s", "1 min 20 s", "2 h 5 min".
std::string show_duration(double seconds);

}  // namespace redflag
