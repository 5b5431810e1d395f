#include "reports/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace redflag::reports {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t length_from_first_byte(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

/// The code point at the front of `text` and its length; length 0 if it is not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint front(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = length_from_first_byte(first);
  if (length <= 1) return {first, length};
  if (text.size() < length || !std::ranges::all_of(text.substr(1, length - 1), is_continuation))
    return {};
  char32_t value = first & (0xFFU >> (length + 1));
  for (const char c : text.substr(1, length - 1))
    value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  const bool overlong = value < (length == 3 ? 0x800U : length == 4 ? 0x10000U : 0U);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, length};
}

/// Reorders, hides or joins what a reader sees ("Trojan Source", CVE-2021-42574), or is no
/// character of XML.
bool is_hidden(char32_t c) {
  return (c >= 0x80 && c <= 0x9F) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c & 0xFFFEU) == 0xFFFEU;
}

std::string one_line(std::string_view text) {
  std::string line = visible(text);
  std::ranges::replace(line, '\n', ' ');
  std::ranges::replace(line, '\t', ' ');
  return line;
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto [value, length] = front(text);
    if (length == 0)
      out += "\uFFFD";
    else if (value == '\r')  // "\r\n" is a line end; a lone one moves the cursor
      out += text.starts_with("\r\n") ? "" : "␍";
    else if (value == 0x7F)
      out += "␡";
    else if (value < 0x20 && value != '\n' && value != '\t')
      out += {'\xE2', '\x90', static_cast<char>(0x80 + value)};  // U+2400 and on: ␀ ␁ ␂ …
    else if (is_hidden(value))
      out += fmt::format("[U+{:04X}]", static_cast<unsigned>(value));
    else
      out += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : visible(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string markdown_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    // Entities, not backslashes: GitHub's tables and its detection of links keep away from these.
    const bool in_url = c == ':' && line.substr(i + 1, 1) == "/";
    if (in_url || std::string_view("&<>\\`*_{}[]|#~@$\"").find(c) != std::string_view::npos)
      out += fmt::format("&#{};", static_cast<int>(c));
    else
      out += c;
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string line = one_line(text);
  if (line.empty()) return "";
  const std::string fence(longest_run(line, '`') + 1, '`');
  std::string out;
  for (const char c : line) {
    if (c == '|') out += '\\';
    out += c;
  }
  const bool pad = line.front() == '`' || line.back() == '`';
  return fmt::format("{0}{1}{2}{1}{0}", fence, pad ? " " : "", out);
}

std::string relative_link(std::string_view path) {
  if (path.starts_with('/')) return {};
  std::string out;
  for (const char c : path) {
    if (is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text) out += is_letter_or_digit(c) || c == '_' || c == '.' ? c : '-';
  return out;
}

}  // namespace redflag::reports
