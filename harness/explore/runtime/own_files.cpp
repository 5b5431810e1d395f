#include "explore/runtime/own_files.h"

#include <aio.h>
#include <mqueue.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

#include "explore/runtime/next.h"
#include "explore/runtime/proc_text.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(pipe);
REDFLAG_NEXT(pipe2);
REDFLAG_NEXT(socketpair);
REDFLAG_NEXT(eventfd);
REDFLAG_NEXT(thrd_create);
REDFLAG_NEXT(aio_read);
REDFLAG_NEXT(aio_write);
REDFLAG_NEXT(lio_listio);
REDFLAG_NEXT(mq_notify);
REDFLAG_NEXT(sendmmsg);
REDFLAG_NEXT(posix_spawn);
REDFLAG_NEXT(posix_spawnp);

namespace redflag::explorer {
namespace {

struct File {
  dev_t device;
  ino_t number;
  unsigned long counter;  // of an event counter, or 0: they are all one file to the system
};

constexpr std::size_t most_files = 1024;  // what is beyond is not known to be the program's own
constexpr int most_depth = 4;             // of sets in sets

constinit File made[most_files] = {};
constinit std::atomic<std::size_t> made_count = 0;
constinit std::atomic<bool> given_away = false;

// What the system tells of a descriptor, in /proc/self/fdinfo.
class FileInfo {
 public:
  explicit FileInfo(int descriptor) {
    char path[40];
    append(append(path, "/proc/self/fdinfo/"), descriptor);
    const std::size_t size = read_text(path, text_);
    whole_ = size > 0 && size < sizeof text_ - 1;
  }
  [[nodiscard]] const char* text() const { return text_; }
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] unsigned long counter() const {
    const char* id = behind(text_, "eventfd-id:");
    return id == nullptr ? 0 : number_at(id, 10) + 1;
  }

 private:
  char text_[4096] = {};
  bool whole_ = false;
};

bool look(int descriptor, struct stat& status) {
  return raw::call(SYS_fstat, descriptor, raw::word(&status)) == 0;
}

void note(int descriptor, bool counts) {
  struct stat status = {};
  const unsigned long counter = counts ? FileInfo(descriptor).counter() : 0;
  if (!look(descriptor, status) || (counts && counter == 0)) return;
  const std::size_t at = made_count++;
  if (at < most_files) made[at] = {status.st_dev, status.st_ino, counter};
}

bool is_made_here(const struct stat& status, unsigned long counter) {
  const std::size_t count = made_count;
  for (std::size_t i = 0; i < count && i < most_files; ++i) {
    const File& file = made[i];
    if (file.device == status.st_dev && file.number == status.st_ino && file.counter == counter)
      return true;
  }
  return false;
}

bool is_own(int descriptor, int depth);

// The system lists what is in a set: "tfd:        5 events: … ino:40e sdev:10", a line each. The
// descriptor may be another file by now.
bool holds_own_files(const FileInfo& set, int depth) {
  if (!set.whole()) return false;
  const char* at = set.text();
  while ((at = behind(at, "tfd:")) != nullptr) {
    const auto descriptor = static_cast<int>(number_at(at, 10));
    const char* inode = behind(at, " ino:");
    struct stat status = {};
    if (inode == nullptr || !look(descriptor, status) || status.st_ino != number_at(inode, 16) ||
        !is_own(descriptor, depth + 1))
      return false;
  }
  return true;
}

bool is_own(int descriptor, int depth) {
  struct stat status = {};
  if (depth == most_depth || !look(descriptor, status)) return false;
  if (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) return is_made_here(status, 0);
  if ((status.st_mode & S_IFMT) != 0) return false;
  const FileInfo info(descriptor);
  if (info.counter() != 0) return is_made_here(status, info.counter());
  return behind(info.text(), "tfd:") != nullptr && holds_own_files(info, depth);
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

void note_system_call(long number) {
  switch (number) {
    case SYS_io_setup:
    case SYS_io_uring_setup:
    case SYS_clone:
    case SYS_clone3:
    case SYS_fork:
    case SYS_vfork:
    case SYS_sendmsg:
    case SYS_sendmmsg:
      return give_files_away();
    default:
      return;
  }
}

bool are_own(const pollfd* files, std::size_t size) {
  if (given_away || has_had_children()) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (files[i].fd >= 0 && !is_own(files[i].fd, 0)) return false;
  }
  return true;
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

// What follows makes threads that nobody schedules, or processes, or hands files to others.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define REDFLAG_GIVES_AWAY(name, parameters, arguments) \
  REDFLAG_SHIM int name parameters {                    \
    give_files_away();                                  \
    return next::name() arguments;                      \
  }                                                     \
  static_assert(true)
REDFLAG_GIVES_AWAY(thrd_create, (thrd_t * thread, thrd_start_t routine, void* argument),
                   (thread, routine, argument));
REDFLAG_GIVES_AWAY(aio_read, (aiocb * request) noexcept, (request));
REDFLAG_GIVES_AWAY(aio_write, (aiocb * request) noexcept, (request));
REDFLAG_GIVES_AWAY(lio_listio, (int mode, aiocb* const* list, int count, sigevent* event) noexcept,
                   (mode, list, count, event));
REDFLAG_GIVES_AWAY(mq_notify, (mqd_t queue, const sigevent* event) noexcept, (queue, event));
REDFLAG_GIVES_AWAY(sendmmsg, (int file, mmsghdr* messages, unsigned count, int flags),
                   (file, messages, count, flags));
REDFLAG_GIVES_AWAY(posix_spawn,
                   (pid_t * process, const char* path, const posix_spawn_file_actions_t* actions,
                    const posix_spawnattr_t* attributes, char* const* argv, char* const* envp),
                   (process, path, actions, attributes, argv, envp));
REDFLAG_GIVES_AWAY(posix_spawnp,
                   (pid_t * process, const char* path, const posix_spawn_file_actions_t* actions,
                    const posix_spawnattr_t* attributes, char* const* argv, char* const* envp),
                   (process, path, actions, attributes, argv, envp));
// NOLINTEND(bugprone-macro-parentheses)
