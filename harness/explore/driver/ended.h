// What an execution that is over left on its page and printed, as far as findings and their raw
// names both read it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

#include "explore/page.h"

namespace redflag {

/// What a sanitizer makes of the exit code of a program of which it reported something.
constexpr int sanitizer_exit = 66;

inline std::size_t thread_count(const explorer::Page& page) {
  return std::min<std::size_t>(page.thread_count, explorer::Page::most_threads);
}

inline bool lives(const explorer::ThreadState& thread) { return thread.finished == 0; }

/// Whether the program left that thread behind. A detached one may still be on its way out when the
/// program exits; it is a leak if it went on after what the program itself called the end.
/// ThreadSanitizer tells of threads that had ended and were not joined, and only of them.
inline bool is_leaked(const explorer::Page& page, std::size_t i) {
  const explorer::ThreadState& thread = page.threads[i];
  if (i == 0 || page.end != explorer::End::complete) return false;
  const bool forgotten = thread.joined == 0 && thread.detached == 0;
  return thread.outlived != 0 || (forgotten && (lives(thread) || page.instrumented == 0));
}

/// Of a field of the page, which has no zero at its end if it is full.
template <std::size_t N>
std::string text_in(const char (&field)[N]) {
  return {field, strnlen(field, N)};
}

inline std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  const auto start = text.rfind('\n');
  return start == std::string::npos ? text : text.substr(start + 1);
}

}  // namespace redflag
