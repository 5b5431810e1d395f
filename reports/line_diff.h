// Which lines of two programs differ.
#pragma once

#include <string_view>
#include <vector>

namespace redflag::reports {

/// The lines of `text`, without their ends; a newline at the end begins no further line.
std::vector<std::string_view> lines_of(std::string_view text);

/// For each line of `text`, whether it is in no longest common subsequence with `other`: the
/// lines a reader must compare. Blank lines never differ. Programs of more than 2,000 lines are
/// not compared. Thread-safe.
std::vector<bool> lines_that_differ(std::string_view text, std::string_view other);

}  // namespace redflag::reports
