// A table of text for the terminal, its cells wrapped to the width there is.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace redflag::reports {

/// The first column is as wide as it must be, the others share the rest. Cells are UTF-8 without
/// control characters; each code point counts as one column.
class Table {
 public:
  Table(std::vector<std::string> head, std::size_t columns);

  /// One cell a column.
  void add(std::vector<std::string> row);

  /// A line across all columns but the first.
  void add_note(std::string note);

  /// Without line ends, head and rule first. A row that does not fit takes several.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  struct Row {
    std::vector<std::string> cells;
    bool across = false;
  };
  std::vector<Row> rows_;
  std::size_t columns_;
};

/// `text` in lines of at most `width` code points, broken at spaces where there are any.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

}  // namespace redflag::reports
