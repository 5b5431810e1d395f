#include "explore/runtime/own_files.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <span>
#include <string_view>

#include "explore/runtime/next.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(pipe);
REDFLAG_NEXT(pipe2);
REDFLAG_NEXT(socketpair);
REDFLAG_NEXT(eventfd);

namespace redflag::explorer {
namespace {

// All event counters are one file to the system, and told apart by their descriptors.
struct File {
  dev_t device;
  ino_t number;
  int descriptor;  // or -1
};

constexpr std::size_t most_files = 1024;  // what is beyond is not known to be the program's own
constexpr int most_depth = 4;             // of sets in sets

constinit File made[most_files] = {};
constinit std::atomic<std::size_t> made_count = 0;
constinit std::atomic<bool> given_away = false;

bool look(int descriptor, struct stat& status) {
  return raw::call(SYS_fstat, descriptor, raw::word(&status)) == 0;
}

void note(int descriptor, bool by_descriptor) {
  struct stat status = {};
  if (!look(descriptor, status)) return;
  const std::size_t at = made_count++;
  if (at < most_files) made[at] = {status.st_dev, status.st_ino, by_descriptor ? descriptor : -1};
}

bool is_made_here(const struct stat& status, int descriptor) {
  const std::span files(made, std::min(made_count.load(), most_files));
  return std::ranges::any_of(files, [&](const File& file) {
    return file.device == status.st_dev && file.number == status.st_ino &&
           file.descriptor == descriptor;
  });
}

// "/proc/self/FOLDER/DESCRIPTOR"
class ProcPath {
 public:
  ProcPath(std::string_view folder, int descriptor) {
    add("/proc/self/");
    add(folder);
    add("/");
    char digits[12];
    std::size_t count = 0;
    for (unsigned left = static_cast<unsigned>(descriptor); count == 0 || left != 0; left /= 10)
      digits[count++] = static_cast<char>('0' + left % 10);
    while (count > 0) text_[size_++] = digits[--count];
  }
  [[nodiscard]] const char* text() const { return text_; }

 private:
  void add(std::string_view part) {
    for (const char letter : part) text_[size_++] = letter;
  }
  char text_[64] = {};
  std::size_t size_ = 0;
};

bool is_named(int descriptor, std::string_view name) {
  char text[64];
  const ProcPath path("fd", descriptor);
  const long size =
      raw::call(SYS_readlinkat, AT_FDCWD, raw::word(path.text()), raw::word(text), sizeof text);
  return size > 0 && std::string_view(text, static_cast<std::size_t>(size)) == name;
}

bool is_own(int descriptor, int depth);

// The system lists what is in a set: "tfd:        5 events: …", a line each.
bool holds_own_files(int set, int depth) {
  const ProcPath path("fdinfo", set);
  const long file = raw::call(SYS_openat, AT_FDCWD, raw::word(path.text()), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char text[4096];
  const long size = raw::call(SYS_read, file, raw::word(text), sizeof text);
  raw::call(SYS_close, file);
  if (size < 0 || size == sizeof text) return false;  // more than there is room for
  std::string_view rest(text, static_cast<std::size_t>(size));
  constexpr std::string_view mark = "tfd:";
  for (std::size_t at = rest.find(mark); at != std::string_view::npos; at = rest.find(mark)) {
    rest.remove_prefix(at + mark.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    int descriptor = 0;
    for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1))
      descriptor = descriptor * 10 + (rest[0] - '0');
    if (!is_own(descriptor, depth + 1)) return false;
  }
  return true;
}

bool is_own(int descriptor, int depth) {
  struct stat status = {};
  if (depth == most_depth || !look(descriptor, status)) return false;
  if (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) return is_made_here(status, -1);
  if (is_named(descriptor, "anon_inode:[eventpoll]")) return holds_own_files(descriptor, depth);
  return is_named(descriptor, "anon_inode:[eventfd]") && is_made_here(status, descriptor);
}

// Whoever made it, and however: a child has all files that were open.
bool has_had_children() {
  if (scheduler.page()->forks > 0) return true;
  siginfo_t info = {};
  if (raw::call(SYS_waitid, P_ALL, 0, raw::word(&info), WEXITED | WNOHANG | WNOWAIT | __WALL) !=
      -ECHILD)
    return true;
  rusage usage = {};
  raw::call(SYS_getrusage, RUSAGE_CHILDREN, raw::word(&usage));
  return usage.ru_maxrss != 0;
}

}  // namespace

void forget_own_files() {
  made_count = 0;
  given_away = false;
}

void give_files_away() { given_away = true; }

bool are_own(const pollfd* files, std::size_t size) {
  if (given_away || has_had_children()) return false;
  return std::all_of(files, files + size,
                     [](const pollfd& file) { return file.fd < 0 || is_own(file.fd, 0); });
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

namespace {

template <class Call>
int make_two(int* ends, Call call) {
  const int result = call();
  if (result == 0 && controlled() != nullptr) {
    note(ends[0], false);
    note(ends[1], false);
  }
  return result;
}

}  // namespace

REDFLAG_SHIM int pipe(int* ends) noexcept {
  return make_two(ends, [&] { return next::pipe()(ends); });
}

REDFLAG_SHIM int pipe2(int* ends, int flags) noexcept {
  return make_two(ends, [&] { return next::pipe2()(ends, flags); });
}

REDFLAG_SHIM int socketpair(int domain, int type, int protocol, int* ends) noexcept {
  return make_two(ends, [&] { return next::socketpair()(domain, type, protocol, ends); });
}

REDFLAG_SHIM int eventfd(unsigned count, int flags) noexcept {
  const int file = next::eventfd()(count, flags);
  if (file >= 0 && controlled() != nullptr) note(file, true);
  return file;
}
