// What a program of a scenario shows that no sanitizer sees.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/finding.h"
#include "model/json.h"

namespace redflag {

/// A finding that has no stack: the program stands in its signature instead.
Finding own_finding(const Description& description, Kind kind, std::string message,
                    std::string_view what);

/// The finding in an outcome, or nothing if it is one of the allowed ones.
std::optional<Finding> finding_of_outcome(const Description& description, const std::string& text);

}  // namespace redflag
