// Waiting for one of several files. The real call is made with no time to wait once one is ready,
// or when virtual time is over.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include <cerrno>
#include <csignal>

#include "explore/runtime/clock.h"
#include "explore/runtime/files.h"
#include "explore/runtime/next.h"
#include "explore/runtime/outside.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/timers.h"

REDFLAG_NEXT(poll);
REDFLAG_NEXT(ppoll);
REDFLAG_NEXT(select);
REDFLAG_NEXT(pselect);
REDFLAG_NEXT(epoll_wait);
REDFLAG_NEXT(epoll_pwait);
REDFLAG_NEXT(pthread_sigmask);

namespace redflag::explorer {
namespace {

constexpr timespec no_time = {0, 0};

std::uint64_t deadline_in(int milliseconds) {
  if (milliseconds < 0) return no_deadline;
  return deadline_after({milliseconds / 1000, milliseconds % 1000 * 1000000L});
}

std::uint64_t deadline_in(const timespec* time) {
  return time == nullptr ? no_deadline : deadline_after(*time);
}

// While a thread waits with another mask. What that lets through and is pending comes at once.
class Masked {
 public:
  Masked(const Thread& self, const sigset_t* mask) : masked_(mask != nullptr) {
    if (!masked_) return;
    handled_ = has_pending_handler(self, mask->__val[0]);
    next::pthread_sigmask()(SIG_SETMASK, mask, &before_);
  }
  ~Masked() {
    const int error = errno;
    if (masked_) next::pthread_sigmask()(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }
  Masked(const Masked&) = delete;
  Masked& operator=(const Masked&) = delete;

  /// Whether a handler has run already, so that there is nothing to wait for; sets errno.
  [[nodiscard]] bool handled() const {
    if (handled_) errno = EINTR;
    return handled_;
  }

 private:
  bool masked_;
  bool handled_ = false;
  sigset_t before_ = {};
};

// False, and errno set, if a signal was handled before a file was ready. With no file to wait for
// this is a sleep; a wait that is to take no time at all is a look, and a step like any other.
bool await(Thread& self, pollfd* files, std::size_t size, std::uint64_t deadline,
           const sigset_t* mask, const void* caller) {
  const FileSet set = {files, size};
  self.word = reinterpret_cast<std::uint64_t>(&set);
  const Operation operation = {Action::file_wait, ObjectType::none, nullptr, caller};
  if (deadline <= scheduler.now()) {
    scheduler.step(self, operation);
    return true;
  }
  // A signal that comes before the call is made does not end it.
  scheduler.step(self, operation);
  const Masked masked(self, mask);
  if (masked.handled()) return false;
  scheduler.step(self, operation, files_are_ready, deadline, size > 0);
  if (!self.signalled || is_ready(set)) return true;
  errno = EINTR;
  return false;
}

// It waits for nothing but a signal, which may come by real time.
bool awaits_timer(std::size_t size, std::uint64_t deadline) {
  return size == 0 && deadline == no_deadline && has_timers();
}

// The sets of select() as poll() has them.
class Selection {
 public:
  Selection(int limit, const fd_set* in, const fd_set* out, const fd_set* urgent) {
    for (int file = 0; file < limit && file < FD_SETSIZE; ++file) {
      const int events = (has(in, file) ? POLLIN : 0) | (has(out, file) ? POLLOUT : 0) |
                         (has(urgent, file) ? POLLPRI : 0);
      if (events != 0) files_[size_++] = {file, static_cast<short>(events), 0};
    }
  }
  bool await(Thread& self, std::uint64_t deadline, const sigset_t* mask, const void* caller) {
    return explorer::await(self, files_, size_, deadline, mask, caller);
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static bool has(const fd_set* set, int file) { return set != nullptr && FD_ISSET(file, set); }

  pollfd files_[FD_SETSIZE];  // NOLINT: filled up to size_
  std::size_t size_ = 0;
};

bool await_epoll(Thread& self, int file, int milliseconds, const sigset_t* mask,
                 const void* caller) {
  pollfd one = {file, POLLIN, 0};
  return await(self, &one, 1, deadline_in(milliseconds), mask, caller);
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int poll(pollfd* files, nfds_t size, int milliseconds) {
  Thread* self = controlled();
  if (self == nullptr) return next::poll()(files, size, milliseconds);
  if (!await(*self, files, size, deadline_in(milliseconds), nullptr, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::poll()(files, size, 0);
}

REDFLAG_SHIM int ppoll(pollfd* files, nfds_t size, const timespec* time, const sigset_t* mask) {
  Thread* self = controlled();
  if (self == nullptr) return next::ppoll()(files, size, time, mask);
  if (awaits_timer(size, deadline_in(time))) {
    const Outside outside(self, REDFLAG_CALLER);
    return next::ppoll()(files, size, time, mask);
  }
  if (!await(*self, files, size, deadline_in(time), mask, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::ppoll()(files, size, &no_time, mask);
}

REDFLAG_SHIM int select(int limit, fd_set* in, fd_set* out, fd_set* urgent, timeval* time) {
  Thread* self = controlled();
  if (self == nullptr) return next::select()(limit, in, out, urgent, time);
  std::uint64_t deadline = no_deadline;
  if (time != nullptr) deadline = deadline_after({time->tv_sec, time->tv_usec * 1000});
  if (!Selection(limit, in, out, urgent).await(*self, deadline, nullptr, REDFLAG_CALLER)) return -1;
  timeval none = {0, 0};
  const CallFrame frame(REDFLAG_CALLER);
  return next::select()(limit, in, out, urgent, &none);
}

REDFLAG_SHIM int pselect(int limit, fd_set* in, fd_set* out, fd_set* urgent, const timespec* time,
                         const sigset_t* mask) {
  Thread* self = controlled();
  if (self == nullptr) return next::pselect()(limit, in, out, urgent, time, mask);
  Selection selection(limit, in, out, urgent);
  if (awaits_timer(selection.size(), deadline_in(time))) {
    const Outside outside(self, REDFLAG_CALLER);
    return next::pselect()(limit, in, out, urgent, time, mask);
  }
  if (!selection.await(*self, deadline_in(time), mask, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::pselect()(limit, in, out, urgent, &no_time, mask);
}

REDFLAG_SHIM int epoll_wait(int file, epoll_event* events, int most, int milliseconds) {
  Thread* self = controlled();
  if (self == nullptr) return next::epoll_wait()(file, events, most, milliseconds);
  if (!await_epoll(*self, file, milliseconds, nullptr, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::epoll_wait()(file, events, most, 0);
}

REDFLAG_SHIM int epoll_pwait(int file, epoll_event* events, int most, int milliseconds,
                             const sigset_t* mask) {
  Thread* self = controlled();
  if (self == nullptr) return next::epoll_pwait()(file, events, most, milliseconds, mask);
  if (!await_epoll(*self, file, milliseconds, mask, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::epoll_pwait()(file, events, most, 0, mask);
}
