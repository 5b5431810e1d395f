// Reading and writing of pipes, sockets and other files that may have to be waited for. The real
// call is made once the file is ready, so that it does not block.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "explore/runtime/files.h"
#include "explore/runtime/next.h"
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

// False, and errno set, if a signal was handled before the file was ready.
bool await_file(Thread& self, int file, short events, bool blocking, const void* caller) {
  const long flags = file < 0 ? -1 : raw::call(SYS_fcntl, file, F_GETFL);
  pollfd one = {file, events, 0};
  const FileSet set = {&one, flags >= 0 && (flags & O_NONBLOCK) == 0 && blocking ? 1U : 0U};
  self.word = reinterpret_cast<std::uint64_t>(&set);
  if (set.size == 0) {
    scheduler.step(self, operation(file, caller));
    return true;
  }
  do {
    scheduler.step(self, operation(file, caller), files_are_ready);
  } while (self.signalled && !self.interrupted_call && !is_ready(set));
  if (!self.interrupted_call || is_ready(set)) return true;
  errno = EINTR;
  return false;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

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
REDFLAG_FILE_CALL(ssize_t, write, POLLOUT, true, (int file, const void* data, std::size_t size),
                  (file, data, size));
REDFLAG_FILE_CALL(ssize_t, writev, POLLOUT, true, (int file, const iovec* parts, int count),
                  (file, parts, count));
REDFLAG_FILE_CALL(ssize_t, send, POLLOUT, (flags & MSG_DONTWAIT) == 0,
                  (int file, const void* data, std::size_t size, int flags),
                  (file, data, size, flags));
REDFLAG_FILE_CALL(ssize_t, sendto, POLLOUT, (flags & MSG_DONTWAIT) == 0,
                  (int file, const void* data, std::size_t size, int flags, const sockaddr* to,
                   socklen_t length),
                  (file, data, size, flags, to, length));
REDFLAG_FILE_CALL(ssize_t, sendmsg, POLLOUT, (flags & MSG_DONTWAIT) == 0,
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
