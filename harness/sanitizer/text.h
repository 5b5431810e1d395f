// Small pieces of text handling that the parsers of this room share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redflag::sanitizer {

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What follows the first `mark` in `text`, or nothing if `mark` is not there.
std::optional<std::string_view> after(std::string_view text, std::string_view mark);

/// `text` up to the first `mark`, or all of it.
std::string_view before(std::string_view text, std::string_view mark);

/// What stands between the first `open` and the next `close`; empty if either is missing.
std::string_view between(std::string_view text, std::string_view open, std::string_view close);

std::string_view trimmed(std::string_view text);

/// The decimal number at the start of `text`; nothing if there is none or it overflows.
std::optional<int> number_at_start(std::string_view text);

/// `text` without what changes from run to run: addresses and the words that introduce them,
/// process and thread numbers of the system, and a colon or full stop at the end.
std::string stable(std::string_view text);

/// `text` with each `what` replaced.
std::string replaced(std::string_view text, std::string_view what, std::string_view with);

/// `text` as UTF-8 that JSON and XML can hold: bytes that are not UTF-8 and control characters
/// become U+FFFD, but for tab and newline.
std::string printable(std::string_view text);

/// `text` without terminal colours ("\033[1m").
std::string without_colours(std::string_view text);

}  // namespace redflag::sanitizer
