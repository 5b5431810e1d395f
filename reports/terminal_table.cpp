#include "reports/terminal_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace redflag::reports {
namespace {

constexpr std::size_t narrowest = 12;

bool begins_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point));
}

// Where the code point after the first `count` begins.
std::size_t offset_of(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_code_point(text[at]) && count-- == 0) break;
  }
  return at;
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

void add_line(std::vector<std::string>& lines, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string rest = text;
  while (width_of(rest) > width) {
    const std::size_t end = offset_of(rest, width);
    const std::size_t space = rest.rfind(' ', end);
    const bool at_space = space != std::string::npos && space > 0;
    lines.push_back(rest.substr(0, at_space ? space : end));
    rest.erase(0, at_space ? space + 1 : end);
  }
  lines.push_back(rest);
  return lines;
}

Table::Table(std::vector<std::string> head, std::size_t columns) : columns_(columns) {
  add(std::move(head));
}

void Table::add(std::vector<std::string> row) { rows_.push_back({std::move(row), false}); }

void Table::add_note(std::string note) {
  rows_.push_back({{std::string(), std::move(note)}, true});
}

std::vector<std::string> Table::lines() const {
  const std::size_t others = rows_.front().cells.size() - 1;
  std::size_t first = 0;
  for (const Row& row : rows_) first = std::max(first, width_of(row.cells.front()));
  std::vector<std::size_t> widths(others, 0);
  for (const Row& row : rows_) {
    for (std::size_t i = 0; !row.across && i < others; ++i)
      widths[i] = std::max(widths[i], width_of(row.cells[i + 1]));
  }
  // Those that need less than their share leave the rest to the others.
  std::size_t left = columns_ - std::min(columns_, first);
  std::vector<std::size_t> order(others);
  for (std::size_t i = 0; i < others; ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return widths[i]; });
  for (std::size_t k = 0; k < others; ++k) {
    const std::size_t share = left / (others - k);
    const std::size_t text = std::max(narrowest, share - std::min<std::size_t>(share, 3));
    widths[order[k]] = std::min(widths[order[k]], text);
    left -= std::min(left, widths[order[k]] + 3);
  }
  std::vector<std::string> lines;
  for (const Row& row : rows_) {
    if (row.across) {
      add_line(lines, padded("", first) + " | " + row.cells[1]);
      continue;
    }
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < others; ++i) {
      cells.push_back(wrapped(row.cells[i + 1], std::max<std::size_t>(1, widths[i])));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t n = 0; n < height; ++n) {
      std::string line =
          n == 0 ? std::string(first - width_of(row.cells.front()), ' ') + row.cells.front()
                 : std::string(first, ' ');
      for (std::size_t i = 0; i < others; ++i)
        line += " | " + padded(n < cells[i].size() ? cells[i][n] : "", widths[i]);
      add_line(lines, std::move(line));
    }
    if (&row == &rows_.front()) {
      std::string rule(first, '-');
      for (const std::size_t width : widths) rule += "-+-" + std::string(width, '-');
      lines.push_back(std::move(rule));
    }
  }
  return lines;
}

}  // namespace redflag::reports
