#include "program/threads.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <gsl/util>

namespace redflag {
namespace {

constexpr unsigned long exiting = 0x4;  // PF_EXITING of the kernel's sched.h

// "123 (name) S 1 123 123 0 -1 4194560 …": the flags are the seventh field after the name, which
// may itself hold anything.
bool is_exiting(pid_t thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return true;  // gone already
  const auto close_it = gsl::finally([fd] { close(fd); });
  char text[512];
  const ssize_t size = read(fd, text, sizeof text - 1);
  if (size <= 0) return true;
  text[size] = '\0';
  const char* field = std::strrchr(text, ')');
  for (int i = 0; field != nullptr && i < 7; ++i) field = std::strchr(field + 1, ' ');
  return field == nullptr || (std::strtoul(field, nullptr, 10) & exiting) != 0;
}

// A folder in /proc has one link a subfolder and two of its own: the quick way to count threads.
std::size_t threads_on_the_list() {
  struct stat info = {};
  return stat("/proc/self/task", &info) == 0 && info.st_nlink >= 2 ? info.st_nlink - 2 : 0;
}

}  // namespace

ThreadIds living_threads() {
  ThreadIds threads;
  DIR* folder = opendir("/proc/self/task");
  if (folder == nullptr) return threads;
  const auto close_it = gsl::finally([folder] { closedir(folder); });
  while (const dirent* entry = readdir(folder)) {
    const auto id = static_cast<pid_t>(std::strtol(entry->d_name, nullptr, 10));
    if (id > 0 && !is_exiting(id)) threads.insert(id);
  }
  return threads;
}

std::size_t count_new_threads(ThreadIds& known) {
  if (known.size() == 1 && threads_on_the_list() == 1) return 0;
  ThreadIds now = living_threads();
  const auto fresh = std::ranges::count_if(now, [&](pid_t id) { return !known.contains(id); });
  known = std::move(now);
  return static_cast<std::size_t>(fresh);
}

}  // namespace redflag
