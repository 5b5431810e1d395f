#include "sanitizer/lines.h"

#include <algorithm>

namespace redflag::sanitizer {

std::optional<std::string_view> LineReader::next() {
  if (end_ >= text_.size()) return std::nullopt;
  start_ = end_;
  const auto newline = std::min(text_.find('\n', start_), text_.size());
  end_ = std::min(newline + 1, text_.size());
  auto line = text_.substr(start_, std::min(newline - start_, longest_line));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace redflag::sanitizer
