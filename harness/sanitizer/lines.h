// Reads a text line by line, and can take one line back.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace redflag::sanitizer {

/// A cursor over somebody else's text. It copies nothing: the text must outlive it and its lines.
class LineReader {
 public:
  /// A line is cut to this length, so that no parser meets an endless one.
  static constexpr std::size_t longest_line = 65'536;

  explicit LineReader(std::string_view text) : text_(text) {}

  /// The next line without its end, or nothing at the end of the text.
  std::optional<std::string_view> next();

  /// Makes next() give the last line again.
  void push_back() { end_ = start_; }

  /// Where the last line starts, and where the line after it does.
  [[nodiscard]] std::size_t start() const { return start_; }
  [[nodiscard]] std::size_t end() const { return end_; }

  [[nodiscard]] std::string_view text(std::size_t from, std::size_t to) const {
    return text_.substr(from, to - from);
  }

 private:
  std::string_view text_;
  std::size_t start_ = 0;
  std::size_t end_ = 0;
};

}  // namespace redflag::sanitizer
