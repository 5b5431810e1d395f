// Read-write locks. Whether one is free is read from the lock itself, as with mutexes.
#include <pthread.h>

#include <cerrno>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"
#include "explore/runtime/waiters.h"

REDFLAG_NEXT(pthread_rwlock_init);
REDFLAG_NEXT(pthread_rwlock_destroy);
REDFLAG_NEXT(pthread_rwlock_rdlock);
REDFLAG_NEXT(pthread_rwlock_wrlock);
REDFLAG_NEXT(pthread_rwlock_tryrdlock);
REDFLAG_NEXT(pthread_rwlock_trywrlock);
REDFLAG_NEXT(pthread_rwlock_timedrdlock);
REDFLAG_NEXT(pthread_rwlock_timedwrlock);
REDFLAG_NEXT(pthread_rwlock_clockrdlock);
REDFLAG_NEXT(pthread_rwlock_clockwrlock);
REDFLAG_NEXT(pthread_rwlock_unlock);

namespace redflag::explorer {
namespace {

// Of glibc's __readers.
constexpr unsigned writer_bit = 2;
constexpr unsigned readers_shift = 3;

constexpr std::uint64_t has_arrived = 1;  // in the word of a writer that waits

using Fields = volatile decltype(pthread_rwlock_t::__data);

const Fields& fields(const volatile void* lock) {
  return static_cast<const volatile pthread_rwlock_t*>(lock)->__data;
}

bool is_written(const volatile void* lock) { return (fields(lock).__readers & writer_bit) != 0; }

// A lock of this kind lets no reader in while a writer waits: reading twice may then deadlock.
bool prefers_writers(const volatile void* lock) {
  return fields(lock).__flags == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

bool writer_waits(const volatile void* lock) {
  return prefers_writers(lock) && count_waiters(Action::mutex_lock, lock, has_arrived) > 0;
}

// Its writer does not wait for itself: it is told EDEADLK.
bool is_mine(const volatile void* lock, const Thread& thread) {
  return fields(lock).__cur_writer == static_cast<int>(thread.kernel_id);
}

bool can_read(const Thread& thread, bool late) {
  const volatile void* lock = thread.operation.object;
  return late || is_mine(lock, thread) || (!is_written(lock) && !writer_waits(lock));
}

bool can_write(const Thread& thread, bool late) {
  const volatile void* lock = thread.operation.object;
  return late || is_mine(lock, thread) ||
         (!is_written(lock) && fields(lock).__readers >> readers_shift == 0);
}

Operation operation(Action action, const pthread_rwlock_t* lock, const void* caller) {
  return {action, ObjectType::shared_mutex, lock, caller};
}

int read_lock(Thread& self, pthread_rwlock_t* lock, std::uint64_t deadline, const void* caller) {
  if (scheduler.step(self, operation(Action::shared_lock, lock, caller), can_read, deadline))
    return ETIMEDOUT;
  const CallFrame frame(caller);
  return next::pthread_rwlock_rdlock()(lock);
}

int write_lock(Thread& self, pthread_rwlock_t* lock, std::uint64_t deadline, const void* caller) {
  const Operation operation_now = operation(Action::mutex_lock, lock, caller);
  self.word = 0;
  // Where waiting itself keeps readers out, a writer that has not yet come must not.
  if (prefers_writers(lock)) {
    scheduler.step(self, operation_now);
    self.word = has_arrived;
  }
  self.woken = false;
  if (scheduler.step(self, operation_now, can_write, deadline)) return ETIMEDOUT;
  const CallFrame frame(caller);
  return next::pthread_rwlock_wrlock()(lock);
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_rwlock_init(pthread_rwlock_t* lock,
                                     const pthread_rwlockattr_t* attributes) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(lock);
  return next::pthread_rwlock_init()(lock, attributes);
}

REDFLAG_SHIM int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  const int result = next::pthread_rwlock_destroy()(lock);
  if (controlled() != nullptr) scheduler.objects().forget(lock);
  return result;
}

REDFLAG_SHIM int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_rdlock()(lock);
  return read_lock(*self, lock, no_deadline, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_wrlock()(lock);
  return write_lock(*self, lock, no_deadline, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_tryrdlock()(lock);
  scheduler.step(*self, operation(Action::shared_try_lock, lock, REDFLAG_CALLER));
  if (writer_waits(lock)) return EBUSY;
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_rwlock_tryrdlock()(lock);
}

REDFLAG_SHIM int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_trywrlock()(lock);
  scheduler.step(*self, operation(Action::mutex_try_lock, lock, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_rwlock_trywrlock()(lock);
}

REDFLAG_SHIM int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock,
                                            const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_timedrdlock()(lock, limit);
  if (!is_valid(*limit)) return EINVAL;
  return read_lock(*self, lock, deadline_of(CLOCK_REALTIME, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock,
                                            const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_timedwrlock()(lock, limit);
  if (!is_valid(*limit)) return EINVAL;
  return write_lock(*self, lock, deadline_of(CLOCK_REALTIME, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock,
                                            const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_clockrdlock()(lock, clock, limit);
  if (!is_valid(*limit)) return EINVAL;
  return read_lock(*self, lock, deadline_of(clock, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock,
                                            const timespec* limit) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_clockwrlock()(lock, clock, limit);
  if (!is_valid(*limit)) return EINVAL;
  return write_lock(*self, lock, deadline_of(clock, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_rwlock_unlock()(lock);
  const bool writer = is_mine(lock, *self);
  scheduler.step(*self, operation(writer ? Action::mutex_unlock : Action::shared_unlock, lock,
                                  REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_rwlock_unlock()(lock);
}
