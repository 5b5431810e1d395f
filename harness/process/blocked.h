// Whether a process can ever go on.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace redflag {

/// Looks at every thread of a process twice, some time apart. If each one slept both times in a
/// futex wait that has no time limit, and none ran in between, then nobody is left to wake them:
/// the process is deadlocked, whatever the clock says. Threads in `ignored` (the sanitizer's own)
/// do not count. Not thread-safe; one watcher a process.
class BlockedWatch {
 public:
  /// True when this look and the one before it both found the same standstill.
  bool stands_still(pid_t process, const std::vector<int>& ignored);

 private:
  std::optional<std::string> before_;
};

/// What each thread of `process` does, for a reader: "thread 12: in system call 35 (sleeping)",
/// all that can be said without a debugger.
std::vector<std::string> thread_states(pid_t process);

}  // namespace redflag
