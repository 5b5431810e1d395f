#include "explore/runtime/kernel_state.h"

#include <cstddef>

#include "explore/runtime/proc_text.h"

namespace redflag::explorer {
namespace {

// Reads /proc/self/task/ID/NAME; false if it cannot.
template <std::size_t N>
bool read_task_file(int kernel_id, const char* name, char (&text)[N]) {
  char path[64];
  append(append(append(path, "/proc/self/task/"), kernel_id), name);
  return read_text(path, text) != 0;
}

const char* last(const char* text, char wanted) {
  const char* found = nullptr;
  for (; *text != '\0'; ++text) {
    if (*text == wanted) found = text;
  }
  return found;
}

// "ShdPnd:\t0000000000000001"
unsigned long hex_field(const char* text, const char* name) {
  const char* field = behind(text, name);
  return field == nullptr ? 0 : number_at(field, 16);
}

}  // namespace

bool is_blocked(int kernel_id) {
  char text[512];
  if (!read_task_file(kernel_id, "/stat", text)) return false;
  const char* state = last(text, ')');  // "123 (name) S …"; the name may hold anything
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
  return static_cast<long>(number_at(text, 10));
}

}  // namespace redflag::explorer
