// Gathers one finding from the lines of its report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/finding.h"
#include "sanitizer/lines.h"

namespace redflag::sanitizer {

/// Does another report or a tool's error start here? A report whose end was lost ends there too.
bool starts_report(std::string_view line);

/// The thread that a line names: "main thread", "T1", or empty. `marks` precede it: " by ", " in ".
std::string thread_in(std::string_view line);

/// One finding in the making. The reader's last line is the first one of the report.
class Builder {
 public:
  explicit Builder(LineReader& reader) : reader_(reader), begin_(reader.start()) { keep_line(); }

  Finding& finding() { return finding_; }

  /// The next line of the body; nothing at the end of the text or where another report starts.
  std::optional<std::string_view> next_line();

  /// The last line belongs to the report: its text goes on at least this far.
  void keep_line() { end_ = reader_.end(); }

  /// The frames that follow belong to a new stack.
  void open_stack(Role role, std::string_view title, std::string thread);

  /// Takes the line if it is a frame. Frames before any title are a side with the title given here.
  bool take_frame(std::string_view line, std::string_view title);

  [[nodiscard]] bool has_stacks() const { return !finding_.stacks.empty(); }

  /// The finding with its text and signature.
  Finding finish();

 private:
  [[nodiscard]] std::string raw_text() const;

  LineReader& reader_;
  std::size_t begin_;
  std::size_t end_ = 0;
  Finding finding_;
};

}  // namespace redflag::sanitizer
