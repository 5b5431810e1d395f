// Condition variables. Nobody ever waits on a real one: waiting is unlocking the mutex, being
// chosen by a signal, and locking it again, which is also all that ThreadSanitizer sees in it.
#include <pthread.h>

#include <cerrno>

#include "explore/runtime/cancel.h"
#include "explore/runtime/clock.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/next.h"
#include "explore/runtime/waiters.h"

// The symbols without this version are those of an older, incompatible condition variable.
REDFLAG_NEXT_OF_VERSION(pthread_cond_init, "GLIBC_2.3.2");
REDFLAG_NEXT_OF_VERSION(pthread_cond_destroy, "GLIBC_2.3.2");
REDFLAG_NEXT_OF_VERSION(pthread_cond_wait, "GLIBC_2.3.2");
REDFLAG_NEXT_OF_VERSION(pthread_cond_timedwait, "GLIBC_2.3.2");
REDFLAG_NEXT_OF_VERSION(pthread_cond_signal, "GLIBC_2.3.2");
REDFLAG_NEXT_OF_VERSION(pthread_cond_broadcast, "GLIBC_2.3.2");
REDFLAG_NEXT(pthread_cond_clockwait);

namespace redflag::explorer {
namespace {

constexpr unsigned monotonic_bit = 2;       // of glibc's __wrefs: the clock of timedwait
constexpr std::uint32_t most_spurious = 2;  // of one thread: or a lost wake-up would never show

bool can_wake(const Thread& thread, bool late) {
  const bool spurious =
      scheduler.page()->spec.spurious != 0 && thread.spurious_wakes < most_spurious;
  if (!thread.woken && !late && !spurious && !is_cancelled(thread)) return false;
  return mutex_is_free(reinterpret_cast<const pthread_mutex_t*>(thread.word), thread);
}

Operation operation(Action action, const pthread_cond_t* condition, const void* caller,
                    const pthread_mutex_t* mutex = nullptr) {
  return {action, ObjectType::condition, condition, caller, mutex};
}

int wait(Thread& self, pthread_cond_t* condition, pthread_mutex_t* mutex, std::uint64_t deadline,
         const void* caller) {
  scheduler.step(self, operation(Action::condition_wait, condition, caller, mutex));
  tell_use(condition, caller);
  const CallFrame frame(caller);
  if (const int error = real_unlock(mutex)) return error;
  self.woken = false;
  self.word = reinterpret_cast<std::uint64_t>(mutex);
  const bool late = scheduler.step(
      self, operation(Action::condition_wake, condition, caller, mutex), can_wake, deadline);
  if (!self.woken && !late) ++self.spurious_wakes;
  if (const int error = real_lock(mutex)) return error;
  if (!self.woken) end_if_cancelled(self);  // or the signal would be lost
  return self.woken || !late ? 0 : ETIMEDOUT;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_cond_init(pthread_cond_t* condition,
                                   const pthread_condattr_t* attributes) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(condition);
  return next::pthread_cond_init()(condition, attributes);
}

REDFLAG_SHIM int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  const int result = next::pthread_cond_destroy()(condition);
  if (controlled() != nullptr) scheduler.objects().forget(condition);
  return result;
}

REDFLAG_SHIM int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cond_wait()(condition, mutex);
  return wait(*self, condition, mutex, no_deadline, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                        const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cond_timedwait()(condition, mutex, limit);
  if (!is_valid(*limit)) return EINVAL;
  const bool monotonic = (condition->__data.__wrefs & monotonic_bit) != 0;
  return wait(*self, condition, mutex,
              deadline_of(monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                        clockid_t clock, const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cond_clockwait()(condition, mutex, clock, limit);
  if (!is_valid(*limit)) return EINVAL;
  return wait(*self, condition, mutex, deadline_of(clock, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cond_signal()(condition);
  scheduler.step(*self, operation(Action::condition_signal, condition, REDFLAG_CALLER));
  wake_waiters(*self, Action::condition_wake, condition, 1);
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_cond_signal()(condition);
}

REDFLAG_SHIM int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cond_broadcast()(condition);
  scheduler.step(*self, operation(Action::condition_broadcast, condition, REDFLAG_CALLER));
  wake_waiters(*self, Action::condition_wake, condition, Page::most_threads);
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_cond_broadcast()(condition);
}
