#include "reports/line_diff.h"

#include <algorithm>
#include <cstddef>

namespace redflag::reports {
namespace {

using Lines = std::vector<std::string_view>;
constexpr std::size_t longest_compared = 2000;

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// lengths[i][j]: the longest common subsequence of a from i and b from j.
std::vector<std::vector<unsigned>> common_lengths(const Lines& a, const Lines& b) {
  std::vector lengths(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      lengths[i][j] =
          a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : std::max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

}  // namespace

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<bool> lines_that_differ(std::string_view text, std::string_view other) {
  const Lines a = lines_of(text);
  const Lines b = lines_of(other);
  std::vector<bool> differ(a.size(), false);
  if (a.size() > longest_compared || b.size() > longest_compared) return differ;
  const auto lengths = common_lengths(a, b);
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size();) {
    if (j < b.size() && a[i] == b[j]) {
      ++i;
      ++j;
    } else if (j < b.size() && lengths[i][j + 1] > lengths[i + 1][j]) {
      ++j;
    } else {
      differ[i] = !is_blank(a[i]);
      ++i;
    }
  }
  return differ;
}

}  // namespace redflag::reports
