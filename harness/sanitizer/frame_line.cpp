#include <charconv>
#include <cstddef>
#include <string>

#include "sanitizer/frame.h"
#include "sanitizer/text.h"

namespace redflag::sanitizer {
namespace {

constexpr auto npos = std::string_view::npos;

// "    #12 0x55d0 in main …" to "main …"; "#6 0x7ffff (libc.so.6+0x1)" to "(libc.so.6+0x1)".
std::optional<std::string_view> after_number(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits == line.size()) return std::nullopt;
  line = trimmed(line.substr(digits));
  if (!line.starts_with("0x")) return line;
  const auto rest = trimmed(line.substr(std::min(line.find(' '), line.size())));
  return rest.starts_with("in ") ? rest.substr(3) : rest;
}

// "… (program+0xd4593) (BuildId: b8e2)" to "… (program+0xd4593)"
void drop_build_id(std::string_view& text) {
  const auto start = text.rfind("(BuildId: ");
  if (start != npos && text.ends_with(')')) text = trimmed(text.substr(0, start));
}

// "main /src/a.cpp:5 (program+0xd4593)" to "main /src/a.cpp:5"
void take_module(std::string_view& text, Frame& frame) {
  const auto plus = text.rfind("+0x");
  if (plus == npos || !text.ends_with(')')) return;
  const auto open = text.substr(0, plus).rfind('(');
  if (open == npos || (open > 0 && text[open - 1] != ' ')) return;
  const auto* const end = text.data() + text.size() - 1;
  const auto result = std::from_chars(text.data() + plus + 3, end, frame.offset, 16);
  if (result.ec != std::errc() || result.ptr != end) {
    frame.offset = 0;
    return;
  }
  frame.module = text.substr(open + 1, plus - open - 1);
  text = trimmed(text.substr(0, open));
}

// "/src/a.cpp:5" to "/src/a.cpp" and 5
int take_number(std::string_view& text) {
  const auto colon = text.rfind(':');
  if (colon == npos || colon + 1 == text.size()) return 0;
  const auto digits = text.substr(colon + 1);
  if (digits.find_first_not_of("0123456789") != npos) return 0;
  text = text.substr(0, colon);
  return number_at_start(digits).value_or(0);
}

// Is it a relative path: "atomic.c:7", "tsan_interceptors_posix.cpp.o", but not "new(unsigned"?
bool looks_like_file(std::string_view word) {
  if (word == "<null>") return true;
  return word.find_first_of("()<>[]{}") == npos && word.find('.') != npos;
}

// Where the file starts in "FUNCTION FILE:LINE:COLUMN"; both can hold spaces. A function's name has
// " /" or " ../" nowhere outside brackets, so the first one there starts a path.
std::size_t start_of_file(std::string_view text) {
  std::size_t last = npos;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c != ' ' || depth != 0) continue;
    last = i + 1;
    const auto rest = text.substr(last);
    if (rest.starts_with('/') || rest.starts_with("../")) return last;
  }
  return last != npos && looks_like_file(text.substr(last)) ? last : npos;
}

void take_file(std::string_view text, Frame& frame) {
  const auto last = take_number(text);
  const auto first = take_number(text);
  frame.line = first != 0 ? first : last;
  frame.column = first != 0 ? last : 0;
  if (text != "<null>") frame.file = text;
}

}  // namespace

// ThreadSanitizer:  "    #0 bump() /src/a.cpp:5:15 (program+0xd4523) (BuildId: b8e2d8de)"
//                   "    #6 <null> <null> (libstdc++.so.6+0xd44a2)"
// AddressSanitizer: "    #0 0x555555635586 in main /src/a.cpp:5"
//                   "    #7 0x7ffff7cd44a2  (/lib/x86_64-linux-gnu/libstdc++.so.6+0xd44a2)"
std::optional<Frame> parse_frame(std::string_view line) {
  auto text = after_number(line);
  if (!text) return std::nullopt;
  Frame frame;
  drop_build_id(*text);
  take_module(*text, frame);
  const auto file = start_of_file(*text);
  if (file != npos) take_file(text->substr(file), frame);
  const auto function = trimmed(text->substr(0, file));
  if (function != "<null>") frame.function = function;
  return frame;
}

}  // namespace redflag::sanitizer
