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

/// Both texts, whole. What differs between two common lines: first what goes, then what comes.
std::vector<DiffLine> laid_over(const Lines& a, const Lines& b) {
  const auto lengths = common_lengths(a, b);
  std::vector<DiffLine> all;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      all.push_back({' ', a[i++]});
      ++j;
    } else if (i < a.size() && (j == b.size() || lengths[i + 1][j] >= lengths[i][j + 1])) {
      all.push_back({'-', a[i++]});
    } else {
      all.push_back({'+', b[j++]});
    }
  }
  return all;
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

std::vector<DiffLine> diff_of(std::string_view text, std::string_view other, std::size_t context) {
  const Lines a = lines_of(text);
  const Lines b = lines_of(other);
  if (a.size() > longest_compared || b.size() > longest_compared) return {};
  const auto all = laid_over(a, b);
  std::vector<bool> shown(all.size(), false);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].sign == ' ' || is_blank(all[i].line)) continue;
    const std::size_t end = std::min(all.size(), i + context + 1);
    for (std::size_t near = i - std::min(i, context); near < end; ++near) shown[near] = true;
  }
  std::vector<DiffLine> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (shown[i]) {
      out.push_back(all[i]);
    } else if (out.empty() || out.back().sign != '@') {
      out.push_back({'@', {}});
    }
  }
  return out;
}

}  // namespace redflag::reports
