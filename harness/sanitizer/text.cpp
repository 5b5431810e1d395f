#include "sanitizer/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace redflag::sanitizer {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

std::string_view hex_at_start(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(
                            std::find_if_not(text.begin(), text.end(), is_hex) - text.begin()));
}

// The words that are worth nothing without the number after them.
constexpr auto introductions = std::to_array<std::string_view>({" at address ", " at ", " "});

void drop_introduction(std::string& text) {
  for (const auto words : introductions) {
    if (!text.ends_with(words)) continue;
    text.resize(text.size() - words.size());
    return;
  }
}

// "write of size 4 at 0x7b08 by thread T1" to "write of size 4 by thread T1"; "M0 (0x7b08) =>" to
// "M0 =>".
std::string without_addresses(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto start = text.find("0x");
    kept += text.substr(0, start);
    if (start == std::string_view::npos) break;
    text.remove_prefix(start + 2);
    text.remove_prefix(hex_at_start(text).size());
    const bool bracketed = kept.ends_with('(') && text.starts_with(')');
    if (bracketed) {
      kept.pop_back();
      text.remove_prefix(1);
    }
    drop_introduction(kept);
  }
  return kept;
}

// " (pid=123)" to nothing; "(tid=123, running)" to "(running)".
void drop_number(std::string& text, std::string_view name) {
  const auto start = text.find(name);
  if (start == std::string::npos) return;
  auto end = text.find_first_not_of("0123456789", start + name.size());
  if (end == std::string::npos) end = text.size();
  if (text.compare(end, 2, ", ") == 0) {
    text.erase(start, end + 2 - start);
  } else if (start >= 2 && text.compare(end, 1, ")") == 0) {
    text.erase(start - 2, end + 1 - (start - 2));
  }
}

// Length of the UTF-8 sequence at the start of `text`; 0 if it is malformed.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF5   ? 0
                             : first >= 0xF0 ? 4
                             : first >= 0xE0 ? 3
                             : first >= 0xC2 ? 2
                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Too long a form, a surrogate, or past the last character.
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) >= 0xA0) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) >= 0x90) return 0;
  return length;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

}  // namespace

std::optional<std::string_view> after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return text.substr(at + mark.size());
}

std::string_view before(std::string_view text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const auto rest = after(text, open);
  if (!rest || !contains(*rest, close)) return {};
  return before(*rest, close);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<int> number_at_start(std::string_view text) {
  int number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

std::string stable(std::string_view text) {
  auto kept = without_addresses(trimmed(text));
  drop_number(kept, "pid=");
  drop_number(kept, "tid=");
  while (kept.ends_with(':') || kept.ends_with('.')) kept.pop_back();
  return kept;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string kept(before(text, what));
  for (auto rest = after(text, what); rest; rest = after(*rest, what)) {
    kept += with;
    kept += before(*rest, what);
  }
  return kept;
}

std::string printable(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0 || is_control(text.front())) {
      kept += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else {
      kept += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return kept;
}

std::string without_colours(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const auto start = text.find("\033[");
    kept += text.substr(0, start);
    if (start == std::string_view::npos) break;
    text.remove_prefix(start + 2);
    const auto end = text.find_first_not_of("0123456789;");
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return kept;
}

}  // namespace redflag::sanitizer
