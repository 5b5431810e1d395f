// The names of strategies.
#pragma once

#include <redflag/explore.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redflag {

/// The strategy of that name, or nothing if there is none.
std::optional<Strategy> strategy_from_string(std::string_view text);
std::string_view to_string(Strategy strategy);
/// The names of all.
std::vector<std::string> strategy_names();

}  // namespace redflag
