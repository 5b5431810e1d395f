#include "explore/runtime/kernel_state.h"

#include <fcntl.h>

#include <cstddef>

#include "explore/runtime/raw.h"

namespace redflag::explorer {
namespace {

// Appends to a text of fixed size.
char* append(char* to, const char* text) {
  while (*text != '\0') *to++ = *text++;
  *to = '\0';
  return to;
}

char* append(char* to, int number) {
  char digits[12];
  int size = 0;
  for (; number > 0 || size == 0; number /= 10)
    digits[size++] = static_cast<char>('0' + number % 10);
  while (size > 0) *to++ = digits[--size];
  *to = '\0';
  return to;
}

// Reads /proc/self/task/ID/NAME; false if it cannot.
template <std::size_t N>
bool read_task_file(int kernel_id, const char* name, char (&text)[N]) {
  char path[64];
  append(append(append(path, "/proc/self/task/"), kernel_id), name);
  const long file = raw::call(SYS_open, raw::word(path), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const long size = raw::call(SYS_read, file, raw::word(text), static_cast<long>(N - 1));
  raw::call(SYS_close, file);
  if (size <= 0) return false;
  text[size] = '\0';
  return true;
}

// No library functions here: ThreadSanitizer would take their reading for the program's.
const char* find(const char* text, char wanted) {
  const char* found = nullptr;
  for (; *text != '\0'; ++text) {
    if (*text == wanted) found = text;
  }
  return found;
}

bool starts_with(const char* text, const char* start) {
  while (*start != '\0') {
    if (*text++ != *start++) return false;
  }
  return true;
}

// "ShdPnd:\t0000000000000001"
unsigned long hex_field(const char* text, const char* name) {
  for (; *text != '\0'; ++text) {
    if (!starts_with(text, name)) continue;
    while (*text != '\t') ++text;
    unsigned long value = 0;
    for (++text; *text != '\n' && *text != '\0'; ++text) {
      const bool digit = *text <= '9';
      value = value * 16 + static_cast<unsigned long>(digit ? *text - '0' : *text - 'a' + 10);
    }
    return value;
  }
  return 0;
}

}  // namespace

bool is_blocked(int kernel_id) {
  char text[512];
  if (!read_task_file(kernel_id, "/stat", text)) return false;
  const char* state = find(text, ')');  // "123 (name) S …"; the name may hold anything
  return state != nullptr && (state[2] == 'S' || state[2] == 'D');
}

std::uint64_t pending_signals(int kernel_id) {
  char text[2048];
  if (!read_task_file(kernel_id, "/status", text)) return 0;
  return hex_field(text, "SigPnd:") | hex_field(text, "ShdPnd:");
}

bool blocks_signal(int kernel_id, int signal) {
  char text[2048];
  if (!read_task_file(kernel_id, "/status", text)) return true;
  return ((hex_field(text, "SigBlk:") >> static_cast<unsigned>(signal - 1)) & 1U) != 0;
}

// "73 0x3 0x2 …", or "running"
long system_call_of(int kernel_id) {
  char text[256];
  if (!read_task_file(kernel_id, "/syscall", text) || text[0] < '0' || text[0] > '9') return -1;
  long number = 0;
  for (const char* at = text; *at >= '0' && *at <= '9'; ++at) number = number * 10 + (*at - '0');
  return number;
}

}  // namespace redflag::explorer
