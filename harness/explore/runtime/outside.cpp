// Calls that wait for other processes or for the world. The others go on meanwhile; the page says
// that a replay may differ. Only for the end of a child nobody goes on: it mostly needs nothing of
// its parent, and so the order of steps does not depend on how long it takes. If it does need
// something, Scheduler::look_after() sees that its parent is stuck.
#include "explore/runtime/outside.h"

#include <mqueue.h>
#include <netdb.h>
#include <sys/file.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "explore/runtime/next.h"

REDFLAG_NEXT(wait);
REDFLAG_NEXT(waitpid);
REDFLAG_NEXT(wait3);
REDFLAG_NEXT(wait4);
REDFLAG_NEXT(waitid);
REDFLAG_NEXT(flock);
REDFLAG_NEXT(lockf);
REDFLAG_NEXT(pause);
REDFLAG_NEXT(sigsuspend);
REDFLAG_NEXT(system);
REDFLAG_NEXT(pclose);
REDFLAG_NEXT(getaddrinfo);
REDFLAG_NEXT(msgrcv);
REDFLAG_NEXT(msgsnd);
REDFLAG_NEXT(mq_receive);
REDFLAG_NEXT(mq_send);

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

namespace {

// errno is what the call made it, not what coming back does.
class KeepErrno {
 public:
  KeepErrno() = default;
  ~KeepErrno() { errno = value_; }
  KeepErrno(const KeepErrno&) = delete;
  KeepErrno& operator=(const KeepErrno&) = delete;
  void keep() { value_ = errno; }

 private:
  int value_ = errno;
};

template <class Call>
auto outside(const void* caller, Call call) {
  KeepErrno kept;
  const Outside left(controlled(), caller);
  const CallFrame frame(caller);
  const auto result = call();
  kept.keep();
  return result;
}

template <class Call>
auto await_child(const void* caller, Call call) {
  if (Thread* self = controlled())
    scheduler.step(*self, {Action::process_wait, ObjectType::none, nullptr, caller});
  const CallFrame frame(caller);
  return call();
}

}  // namespace

// NOLINTBEGIN(bugprone-macro-parentheses)
#define REDFLAG_CHILD(result, name, parameters, arguments)                      \
  REDFLAG_SHIM result name parameters {                                         \
    return await_child(REDFLAG_CALLER, [&] { return next::name() arguments; }); \
  }                                                                             \
  static_assert(true)
#define REDFLAG_OUTSIDE(result, name, parameters, arguments)                \
  REDFLAG_SHIM result name parameters {                                     \
    return outside(REDFLAG_CALLER, [&] { return next::name() arguments; }); \
  }                                                                         \
  static_assert(true)

REDFLAG_CHILD(pid_t, wait, (int* status), (status));
REDFLAG_CHILD(pid_t, waitpid, (pid_t child, int* status, int options), (child, status, options));
REDFLAG_CHILD(pid_t, wait3, (int* status, int options, rusage* usage) noexcept,
              (status, options, usage));
REDFLAG_CHILD(pid_t, wait4, (pid_t child, int* status, int options, rusage* usage) noexcept,
              (child, status, options, usage));
REDFLAG_CHILD(int, waitid, (idtype_t type, id_t id, siginfo_t* info, int options),
              (type, id, info, options));
REDFLAG_OUTSIDE(int, flock, (int file, int operation) noexcept, (file, operation));
REDFLAG_OUTSIDE(int, lockf, (int file, int command, off_t length), (file, command, length));
REDFLAG_OUTSIDE(int, pause, (), ());
REDFLAG_OUTSIDE(int, sigsuspend, (const sigset_t* mask), (mask));
REDFLAG_OUTSIDE(int, system, (const char* command), (command));
REDFLAG_OUTSIDE(int, pclose, (FILE * stream), (stream));
REDFLAG_OUTSIDE(int, getaddrinfo,
                (const char* node, const char* service, const addrinfo* hints, addrinfo** found),
                (node, service, hints, found));
REDFLAG_OUTSIDE(ssize_t, msgrcv, (int queue, void* data, std::size_t size, long type, int flags),
                (queue, data, size, type, flags));
REDFLAG_OUTSIDE(int, msgsnd, (int queue, const void* data, std::size_t size, int flags),
                (queue, data, size, flags));
REDFLAG_OUTSIDE(ssize_t, mq_receive,
                (mqd_t queue, char* data, std::size_t size, unsigned* priority),
                (queue, data, size, priority));
REDFLAG_OUTSIDE(int, mq_send, (mqd_t queue, const char* data, std::size_t size, unsigned priority),
                (queue, data, size, priority));
// NOLINTEND(bugprone-macro-parentheses)
