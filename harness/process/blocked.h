// Whether a process can ever go on.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace redflag {

/// Whether a thread sleeps in a futex wait that has no time limit: by /proc/…/task/…/syscall ("202
/// 0x7fbe85e1d990 0x109 0x3e2c 0x0 …": the number of the system call and its arguments) and the
/// line of /proc/…/task/…/status that begins with "State". One that was killed there has the same
/// system call until it is gone, but does not sleep: it is idle while the process that aborts may
/// yet have its core dumped.
bool sleeps_for_ever(const std::string& syscall_line, const std::string& state_line);

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
