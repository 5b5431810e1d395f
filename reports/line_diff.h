// Which lines of two programs differ.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace redflag::reports {

/// The lines of `text`, without their ends; a newline at the end begins no further line.
std::vector<std::string_view> lines_of(std::string_view text);

/// For each line of `text`, whether it is in no longest common subsequence with `other`: the
/// lines a reader must compare. Blank lines never differ. Programs of more than 2,000 lines are
/// not compared. Thread-safe.
std::vector<bool> lines_that_differ(std::string_view text, std::string_view other);

/// A line of two texts laid over each other.
struct DiffLine {
  char sign =
      ' ';  ///< '-' only in the first, '+' only in the other, ' ' in both, '@' lines left out
  std::string_view line;
  bool operator==(const DiffLine&) const = default;
};

/// From `text` to `other`: what differs, as lines_that_differ() says, with `context` lines around
/// it. Points into both. Thread-safe.
std::vector<DiffLine> diff_of(std::string_view text, std::string_view other, std::size_t context);

}  // namespace redflag::reports
