// Reading and writing of pipes, sockets and other files that may have to be waited for. The real
// call is made once the file is ready, so that it does not block.
#include <fcntl.h>
#include <limits.h>  // NOLINT(modernize-deprecated-headers): PIPE_BUF is POSIX
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>

#include "explore/runtime/clock.h"
#include "explore/runtime/files.h"
#include "explore/runtime/next.h"
#include "explore/runtime/own_files.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(read);
REDFLAG_NEXT(readv);
REDFLAG_NEXT(recv);
REDFLAG_NEXT(recvfrom);
REDFLAG_NEXT(recvmsg);
REDFLAG_NEXT(write);
REDFLAG_NEXT(writev);
REDFLAG_NEXT(send);
REDFLAG_NEXT(sendto);
REDFLAG_NEXT(sendmsg);
REDFLAG_NEXT(accept);
REDFLAG_NEXT(accept4);
REDFLAG_NEXT(connect);

namespace redflag::explorer {
namespace {

Operation operation(int file, const void* caller) {
  // Objects are told apart by address; no object of the program has one this small.
  return {Action::file_wait, ObjectType::file,
          reinterpret_cast<const void*>(static_cast<std::uintptr_t>(file) + 1), caller};
}

bool may_block(int file) {
  const long flags = file < 0 ? -1 : raw::call(SYS_fcntl, file, F_GETFL);
  return flags >= 0 && (flags & O_NONBLOCK) == 0;
}

// When a socket that is not ready by then gives up.
std::uint64_t deadline_of(int file, short events) {
  timeval limit = {};
  socklen_t size = sizeof limit;
  const int option = events == POLLIN ? SO_RCVTIMEO : SO_SNDTIMEO;
  const bool has_one = raw::call(SYS_getsockopt, file, SOL_SOCKET, option, raw::word(&limit),
                                 raw::word(&size)) == 0 &&
                       (limit.tv_sec != 0 || limit.tv_usec != 0);
  return has_one ? deadline_after({limit.tv_sec, limit.tv_usec * 1000}) : no_deadline;
}

// False, and errno set, if a signal was handled or time was over before the file was ready.
bool await_file(Thread& self, int file, short events, bool blocking, const void* caller) {
  pollfd one = {file, events, 0};
  const FileSet set = {&one, blocking && may_block(file) ? 1U : 0U};
  self.word = reinterpret_cast<std::uint64_t>(&set);
  if (set.size == 0) {
    scheduler.step(self, operation(file, caller));
    return true;
  }
  const std::uint64_t deadline = deadline_of(file, events);
  bool late = false;
  do {
    late = scheduler.step(self, operation(file, caller), files_are_ready, deadline);
  } while (!late && self.signalled && !self.interrupted_call && !is_ready(set));
  if ((!late && !self.interrupted_call) || is_ready(set)) return true;
  errno = late ? EAGAIN : EINTR;
  return false;
}

// A pipe, or a socket whose messages have no bounds.
bool is_stream(int file) {
  struct stat status = {};
  if (raw::call(SYS_fstat, file, raw::word(&status)) != 0) return false;
  int type = 0;
  socklen_t size = sizeof type;
  return S_ISFIFO(status.st_mode) || (S_ISSOCK(status.st_mode) &&
                                      raw::call(SYS_getsockopt, file, SOL_SOCKET, SO_TYPE,
                                                raw::word(&type), raw::word(&size)) == 0 &&
                                      type == SOCK_STREAM);
}

// A stream that is ready takes in this much without blocking, and more than this not as a whole.
constexpr std::size_t piece = PIPE_BUF;

// Calls `all` once `file` is ready; or, if that could block, `some` for a piece at a time: more
// than there is room for is written while others read.
template <class All, class Some>
ssize_t write_out(int file, std::span<const iovec> parts, bool blocking, const void* caller,
                  All all, Some some) {
  Thread* self = controlled();
  std::size_t size = 0;
  for (const iovec& part : parts) size += part.iov_len;
  if (self == nullptr || size <= piece || !blocking || !may_block(file) || !is_stream(file)) {
    if (self != nullptr && !await_file(*self, file, POLLOUT, blocking, caller)) return -1;
    const CallFrame frame(caller);
    return all();
  }
  ssize_t written = 0;
  for (const iovec& part : parts) {
    for (std::size_t at = 0; at < part.iov_len;) {
      const bool ready = await_file(*self, file, POLLOUT, true, caller);
      const CallFrame frame(caller);
      const void* from = static_cast<const char*>(part.iov_base) + at;
      const std::size_t most = std::min(piece, part.iov_len - at);
      const ssize_t count = ready ? some(from, most, written > 0) : -1;
      if (count < 0) return written > 0 ? written : count;
      at += static_cast<std::size_t>(count);
      written += count;
    }
  }
  return written;
}

// With a message another process may get files.
bool waits_to_send(const msghdr* message, int flags) {
  if (message->msg_controllen != 0) give_files_away();
  return (flags & MSG_DONTWAIT) == 0;
}

// What comes behind the first piece: if nobody reads any more, a socket says how much was written.
ssize_t write_more(int file, const void* data, std::size_t size) {
  const ssize_t sent = next::send()(file, data, size, MSG_NOSIGNAL);
  return sent >= 0 || errno != ENOTSOCK ? sent : next::write()(file, data, size);
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM ssize_t write(int file, const void* data, std::size_t size) {
  const iovec part = {const_cast<void*>(data), size};
  return write_out(
      file, {&part, 1}, true, REDFLAG_CALLER, [&] { return next::write()(file, data, size); },
      [file](const void* from, std::size_t count, bool more) {
        return more ? write_more(file, from, count) : next::write()(file, from, count);
      });
}

REDFLAG_SHIM ssize_t writev(int file, const iovec* parts, int count) {
  return write_out(
      file, {parts, static_cast<std::size_t>(std::max(count, 0))}, true, REDFLAG_CALLER,
      [&] { return next::writev()(file, parts, count); },
      [file](const void* from, std::size_t size, bool more) {
        return more ? write_more(file, from, size) : next::write()(file, from, size);
      });
}

REDFLAG_SHIM ssize_t send(int file, const void* data, std::size_t size, int flags) {
  const iovec part = {const_cast<void*>(data), size};
  return write_out(
      file, {&part, 1}, (flags & (MSG_DONTWAIT | MSG_OOB)) == 0, REDFLAG_CALLER,
      [&] { return next::send()(file, data, size, flags); },
      [file, flags](const void* from, std::size_t count, bool more) {
        return next::send()(file, from, count, more ? flags | MSG_NOSIGNAL : flags);
      });
}

// NOLINTBEGIN(bugprone-macro-parentheses)
// A call that is made when `events` of its file have come.
#define REDFLAG_FILE_CALL(result, name, events, blocking, parameters, arguments)                  \
  REDFLAG_SHIM result name parameters {                                                           \
    Thread* self = controlled();                                                                  \
    if (self != nullptr && !await_file(*self, file, events, blocking, REDFLAG_CALLER)) return -1; \
    const CallFrame frame(REDFLAG_CALLER);                                                        \
    return next::name() arguments;                                                                \
  }                                                                                               \
  static_assert(true)

REDFLAG_FILE_CALL(ssize_t, read, POLLIN, true, (int file, void* data, std::size_t size),
                  (file, data, size));
REDFLAG_FILE_CALL(ssize_t, readv, POLLIN, true, (int file, const iovec* parts, int count),
                  (file, parts, count));
REDFLAG_FILE_CALL(ssize_t, recv, POLLIN, (flags & MSG_DONTWAIT) == 0,
                  (int file, void* data, std::size_t size, int flags), (file, data, size, flags));
REDFLAG_FILE_CALL(ssize_t, recvfrom, POLLIN, (flags & MSG_DONTWAIT) == 0,
                  (int file, void* data, std::size_t size, int flags, sockaddr* from,
                   socklen_t* length),
                  (file, data, size, flags, from, length));
REDFLAG_FILE_CALL(ssize_t, recvmsg, POLLIN, (flags & MSG_DONTWAIT) == 0,
                  (int file, msghdr* message, int flags), (file, message, flags));
REDFLAG_FILE_CALL(ssize_t, sendto, POLLOUT, (flags & MSG_DONTWAIT) == 0,
                  (int file, const void* data, std::size_t size, int flags, const sockaddr* to,
                   socklen_t length),
                  (file, data, size, flags, to, length));
REDFLAG_FILE_CALL(ssize_t, sendmsg, POLLOUT, waits_to_send(message, flags),
                  (int file, const msghdr* message, int flags), (file, message, flags));
REDFLAG_FILE_CALL(int, accept, POLLIN, true, (int file, sockaddr* from, socklen_t* length),
                  (file, from, length));
REDFLAG_FILE_CALL(int, accept4, POLLIN, true,
                  (int file, sockaddr* from, socklen_t* length, int flags),
                  (file, from, length, flags));
// The kernel takes a connection before the program does: a connect() within the machine does not
// wait.
REDFLAG_FILE_CALL(int, connect, POLLOUT, false, (int file, const sockaddr* to, socklen_t length),
                  (file, to, length));
// NOLINTEND(bugprone-macro-parentheses)
