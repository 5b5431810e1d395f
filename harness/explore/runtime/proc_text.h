// What /proc says, read without library functions: ThreadSanitizer would take their reading for the
// program's.
#pragma once

#include <fcntl.h>

#include <cstddef>

#include "explore/runtime/raw.h"

namespace redflag::explorer {

/// Writes `text` at `to`; returns the end, where there is a NUL. There must be room.
inline char* append(char* to, const char* text) {
  while (*text != '\0') *to++ = *text++;
  *to = '\0';
  return to;
}

inline char* append(char* to, int number) {
  char digits[12];
  int size = 0;
  for (; number > 0 || size == 0; number /= 10)
    digits[size++] = static_cast<char>('0' + number % 10);
  while (size > 0) *to++ = digits[--size];
  *to = '\0';
  return to;
}

/// Reads a file, as far as there is room, and ends it with a NUL. Its size; 0: it cannot.
template <std::size_t N>
std::size_t read_text(const char* path, char (&text)[N]) {
  const long file = raw::call(SYS_open, raw::word(path), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  const long size = raw::call(SYS_read, file, raw::word(text), static_cast<long>(N - 1));
  raw::call(SYS_close, file);
  if (size <= 0) return 0;
  text[size] = '\0';
  return static_cast<std::size_t>(size);
}

inline bool starts_with(const char* text, const char* start) {
  while (*start != '\0') {
    if (*text++ != *start++) return false;
  }
  return true;
}

/// Behind the next `mark`, or null.
inline const char* behind(const char* text, const char* mark) {
  for (; *text != '\0'; ++text) {
    if (!starts_with(text, mark)) continue;
    while (*mark++ != '\0') ++text;
    return text;
  }
  return nullptr;
}

/// The number there, behind blanks; 0 if there is none.
inline unsigned long number_at(const char* text, unsigned base) {
  while (*text == ' ' || *text == '\t') ++text;
  unsigned long number = 0;
  for (;; ++text) {
    const bool letter = base == 16 && *text >= 'a' && *text <= 'f';
    if (!letter && (*text < '0' || *text > '9')) return number;
    number = number * base + static_cast<unsigned long>(letter ? *text - 'a' + 10 : *text - '0');
  }
}

}  // namespace redflag::explorer
