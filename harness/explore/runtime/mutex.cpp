// Mutexes. Whether one is free is read from the mutex itself, which is never waited for: so that
// a mutex that the program forgot, or whose memory it uses again, is no riddle.
#include "explore/runtime/mutex.h"

#include <linux/futex.h>

#include <cerrno>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"

REDFLAG_NEXT(pthread_mutex_init);
REDFLAG_NEXT(pthread_mutex_destroy);
REDFLAG_NEXT(pthread_mutex_lock);
REDFLAG_NEXT(pthread_mutex_trylock);
REDFLAG_NEXT(pthread_mutex_timedlock);
REDFLAG_NEXT(pthread_mutex_clocklock);
REDFLAG_NEXT(pthread_mutex_unlock);

namespace redflag::explorer {
namespace {

constexpr int type_mask = 3;  // glibc's: recursive is 1, error-checking 2
constexpr int robust_bit = 16;

// Its owner has ended, or is about to as far as the system knows: who locks it gets EOWNERDEAD.
bool is_left_by_owner(const volatile __pthread_mutex_s& data) {
  if ((data.__kind & robust_bit) == 0) return false;
  scheduler.page()->all_depend = 1;  // the owner's end is no step
  const int owner = static_cast<int>(static_cast<unsigned>(data.__lock) & FUTEX_TID_MASK);
  const Thread* thread = owner == 0 ? nullptr : scheduler.thread_of_kernel_id(owner);
  return owner == 0 || (thread != nullptr && thread->state == Thread::finished);
}

bool free_or_late(const Thread& thread, bool late) {
  return late || mutex_is_free(thread.operation.object, thread);
}

Operation operation(Action action, const pthread_mutex_t* mutex, const void* caller) {
  return {action, ObjectType::mutex, mutex, caller};
}

int lock_until(Thread& self, pthread_mutex_t* mutex, clockid_t clock, const timespec& limit,
               const void* caller) {
  if (!is_valid(limit) && !mutex_is_free(mutex, self)) return EINVAL;
  if (scheduler.step(self, operation(Action::mutex_lock, mutex, caller), free_or_late,
                     deadline_of(clock, limit)))
    return ETIMEDOUT;
  const CallFrame frame(caller);
  // As a try: a lock that gives up in time is no part of a lock order. Its owner gets EDEADLK or
  // counts, by the real call.
  const bool owned = mutex->__data.__lock != 0;
  return owned ? next::pthread_mutex_lock()(mutex) : next::pthread_mutex_trylock()(mutex);
}

}  // namespace

bool mutex_is_free(const volatile void* mutex, const Thread& thread) {
  const auto& data = static_cast<const volatile pthread_mutex_t*>(mutex)->__data;
  if (data.__lock == 0 || is_left_by_owner(data)) return true;
  // Its owner does not wait: a recursive mutex counts, an error-checking one says EDEADLK.
  const int type = data.__kind & type_mask;
  const bool told = type == PTHREAD_MUTEX_RECURSIVE_NP || type == PTHREAD_MUTEX_ERRORCHECK_NP;
  return told && data.__owner == static_cast<int>(thread.kernel_id);
}

int real_lock(pthread_mutex_t* mutex) { return next::pthread_mutex_lock()(mutex); }
int real_unlock(pthread_mutex_t* mutex) { return next::pthread_mutex_unlock()(mutex); }

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_mutex_init(pthread_mutex_t* mutex,
                                    const pthread_mutexattr_t* attributes) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(mutex);
  return next::pthread_mutex_init()(mutex, attributes);
}

REDFLAG_SHIM int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  const int result = next::pthread_mutex_destroy()(mutex);
  if (controlled() != nullptr) scheduler.objects().forget(mutex);
  return result;
}

REDFLAG_SHIM int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_mutex_lock()(mutex);
  scheduler.step(*self, operation(Action::mutex_lock, mutex, REDFLAG_CALLER), free_or_late);
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_mutex_lock()(mutex);
}

REDFLAG_SHIM int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_mutex_trylock()(mutex);
  scheduler.step(*self, operation(Action::mutex_try_lock, mutex, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_mutex_trylock()(mutex);
}

REDFLAG_SHIM int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_mutex_timedlock()(mutex, limit);
  return lock_until(*self, mutex, CLOCK_REALTIME, *limit, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock,
                                         const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_mutex_clocklock()(mutex, clock, limit);
  return lock_until(*self, mutex, clock, *limit, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_mutex_unlock()(mutex);
  scheduler.step(*self, operation(Action::mutex_unlock, mutex, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_mutex_unlock()(mutex);
}
