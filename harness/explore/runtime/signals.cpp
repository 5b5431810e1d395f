// Signals. One that a handler of another thread is to run for is not sent at once, but raised by
// that thread when it is its turn: so a handler runs at a step, like all else. Any other is sent
// for real: to the sender itself, to a thread that holds it back and so gets it by sigwait(), or
// one that the system itself handles.
#include "explore/runtime/signals.h"

#include <pthread.h>

#include <cerrno>
#include <csignal>

#include "explore/runtime/clock.h"
#include "explore/runtime/death.h"
#include "explore/runtime/kernel_state.h"
#include "explore/runtime/next.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(kill);
REDFLAG_NEXT(raise);
REDFLAG_NEXT(pthread_kill);
REDFLAG_NEXT(sigwait);
REDFLAG_NEXT(sigwaitinfo);
REDFLAG_NEXT(sigtimedwait);

namespace redflag::explorer {
namespace {

struct KernelAction {
  std::uintptr_t handler;
  unsigned long flags;
  std::uintptr_t restorer;
  std::uint64_t mask;
};

bool is_signal(int signal) { return signal >= 1 && signal <= 64; }

KernelAction action_of(int signal) {
  KernelAction action = {};
  raw::call(SYS_rt_sigaction, signal, 0, raw::word(&action), sizeof action.mask);
  return action;
}

// Whether the program has a handler for it. If the only one is ours, it is gone then: who is sent
// such a signal dies at once.
bool has_handler(int signal) {
  const KernelAction action = action_of(signal);
  if (leave_crashes_alone(action.handler, signal)) return false;
  return action.handler != reinterpret_cast<std::uintptr_t>(SIG_DFL) &&
         action.handler != reinterpret_cast<std::uintptr_t>(SIG_IGN);
}

// A thread that has been made may not have got here yet: how far it is must not matter.
void await_entry(Thread& thread) {
  if (thread.state != Thread::waiting) return;
  while (thread.kernel_id == 0) raw::futex_wait(thread.kernel_id, 0, nullptr);
}

// Makes a thread other than `self` handle `signal`; false if it is to be sent for real.
bool interrupt(const Thread& self, Thread& target, int signal) {
  return target.id != self.id && target.state == Thread::waiting &&
         !blocks_signal(static_cast<int>(target.kernel_id), signal) &&
         scheduler.interrupt(target, signal);
}

// A signal to the process: any thread may handle it that does not hold it back, and the system
// prefers the main thread.
bool interrupt_anyone(const Thread& self, int signal) {
  const std::size_t size = scheduler.thread_count();
  for (std::size_t i = 0; i < size; ++i) await_entry(scheduler.thread(i));
  if (!is_signal(signal) || !has_handler(signal)) return false;
  for (std::size_t i = 0; i < size; ++i) {
    Thread& thread = scheduler.thread(i);
    if (thread.id == self.id && !blocks_signal(static_cast<int>(thread.kernel_id), signal))
      return false;
    if (interrupt(self, thread, signal)) return true;
  }
  return false;
}

bool interrupt_one(const Thread& self, pthread_t handle, int signal) {
  for (std::size_t i = scheduler.thread_count(); i-- > 0;) {  // handles are used again: the newest
    Thread& thread = scheduler.thread(i);
    if (thread.handle != handle) continue;
    await_entry(thread);
    return is_signal(signal) && has_handler(signal) && interrupt(self, thread, signal);
  }
  return false;
}

bool arrived(const Thread& thread, bool late) {
  return late || thread.signalled ||
         (pending_signals(static_cast<int>(thread.kernel_id)) & thread.word) != 0;
}

// Whether one of `set` is pending; false: time is over, or a handler has run.
bool await(Thread& self, const sigset_t* set, std::uint64_t deadline, const void* caller) {
  self.word = set->__val[0];
  const bool late = scheduler.step(self, {Action::signal_wait, ObjectType::none, nullptr, caller},
                                   arrived, deadline);
  if ((pending_signals(static_cast<int>(self.kernel_id)) & self.word) != 0) return true;
  errno = late ? EAGAIN : EINTR;
  return false;
}

void send_step(Thread& self, const void* caller) {
  scheduler.step(self, {Action::signal_send, ObjectType::none, nullptr, caller});
}

}  // namespace

bool has_pending_handler(const Thread& self, std::uint64_t mask) {
  std::uint64_t signals = pending_signals(static_cast<int>(self.kernel_id)) & ~mask;
  for (int signal = 1; signals != 0; signals >>= 1U, ++signal) {
    if ((signals & 1U) != 0 && has_handler(signal)) return true;
  }
  return false;
}

bool raise_signals(std::uint64_t signals) {
  bool restarts = true;
  for (int signal = 1; signals != 0; signals >>= 1U, ++signal) {
    if ((signals & 1U) == 0) continue;
    restarts = restarts && (action_of(signal).flags & SA_RESTART) != 0;
    next::pthread_kill()(pthread_self(), signal);
  }
  return restarts;
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int kill(pid_t process, int signal) noexcept {
  Thread* self = controlled();
  if (self != nullptr) {
    send_step(*self, REDFLAG_CALLER);
    if (process == raw::call(SYS_getpid) && interrupt_anyone(*self, signal)) return 0;
  }
  const CallFrame frame(REDFLAG_CALLER);
  return next::kill()(process, signal);
}

REDFLAG_SHIM int raise(int signal) noexcept {
  if (Thread* self = controlled()) send_step(*self, REDFLAG_CALLER);
  const CallFrame frame(REDFLAG_CALLER);
  return next::raise()(signal);
}

REDFLAG_SHIM int pthread_kill(pthread_t thread, int signal) noexcept {
  if (Thread* self = controlled()) {
    send_step(*self, REDFLAG_CALLER);
    if (interrupt_one(*self, thread, signal)) return 0;
  }
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_kill()(thread, signal);
}

REDFLAG_SHIM int sigwait(const sigset_t* set, int* signal) {
  // It is not interrupted: it goes on waiting after a handler.
  if (Thread* self = controlled()) {
    while (!await(*self, set, no_deadline, REDFLAG_CALLER)) {
    }
  }
  const CallFrame frame(REDFLAG_CALLER);
  return next::sigwait()(set, signal);
}

REDFLAG_SHIM int sigwaitinfo(const sigset_t* set, siginfo_t* info) {
  Thread* self = controlled();
  if (self != nullptr && !await(*self, set, no_deadline, REDFLAG_CALLER)) return -1;
  const CallFrame frame(REDFLAG_CALLER);
  return next::sigwaitinfo()(set, info);
}

REDFLAG_SHIM int sigtimedwait(const sigset_t* set, siginfo_t* info, const timespec* limit) {
  Thread* self = controlled();
  if (self != nullptr) {
    const std::uint64_t deadline = limit == nullptr ? no_deadline : deadline_after(*limit);
    if (!await(*self, set, deadline, REDFLAG_CALLER)) return -1;
  }
  const CallFrame frame(REDFLAG_CALLER);
  return next::sigtimedwait()(set, info, limit);
}
