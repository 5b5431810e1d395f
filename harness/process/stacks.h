// The stacks of a living process's threads, by the debugger that the machine has.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"

namespace redflag {

struct ThreadStacks {
  std::string tool;  ///< "eu-stack", "gdb" or "/proc"
  std::vector<Stack> stacks;
  std::string text;  ///< what the tool printed
};

/// Every thread's stack, but not those of `ignored` (thread ids). Needs the right to trace the
/// process; without eu-stack and gdb the stacks are empty and the text tells each thread's state.
ThreadStacks thread_stacks(pid_t process, const std::vector<int>& ignored);

/// Whether a sanitizer's runtime is looking up names for a report. The first time in a process it
/// reads the debug information, which on a busy machine takes seconds: no hang of the program's.
bool looks_up_names(const ThreadStacks& seen);

/// The stacks in the output of `eu-stack -m` (with -s also files and lines). A frame's offset is
/// its absolute address.
std::vector<Stack> parse_eu_stack(std::string_view text);

/// The stacks in the output of gdb's `thread apply all bt`.
std::vector<Stack> parse_gdb_stacks(std::string_view text);

}  // namespace redflag
