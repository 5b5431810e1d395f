// POSIX semaphores. The count is read from the semaphore itself: sem_getvalue() is a call that
// ThreadSanitizer takes for the program's.
#include <semaphore.h>

#include <cerrno>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"

REDFLAG_NEXT(sem_init);
REDFLAG_NEXT(sem_destroy);
REDFLAG_NEXT(sem_wait);
REDFLAG_NEXT(sem_timedwait);
REDFLAG_NEXT(sem_clockwait);
REDFLAG_NEXT(sem_trywait);
REDFLAG_NEXT(sem_post);

namespace redflag::explorer {
namespace {

// glibc keeps the count in the lower half of the first 8 bytes.
bool has_count(const volatile void* semaphore) {
  return *static_cast<const volatile std::uint32_t*>(semaphore) != 0;
}

bool counts_or_late(const Thread& thread, bool late) {
  return late || thread.interrupted_call || has_count(thread.operation.object);
}

Operation operation(Action action, const sem_t* semaphore, const void* caller) {
  return {action, ObjectType::semaphore, semaphore, caller};
}

int wait_until(Thread& self, sem_t* semaphore, std::uint64_t deadline, const void* caller) {
  const bool late = scheduler.step(self, operation(Action::semaphore_wait, semaphore, caller),
                                   counts_or_late, deadline);
  if (!has_count(semaphore)) {
    errno = late ? ETIMEDOUT : EINTR;
    return -1;
  }
  const CallFrame frame(caller);
  return next::sem_wait()(semaphore);
}

int refuse() {
  errno = EINVAL;
  return -1;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int sem_init(sem_t* semaphore, int shared, unsigned value) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(semaphore);
  return next::sem_init()(semaphore, shared, value);
}

REDFLAG_SHIM int sem_destroy(sem_t* semaphore) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(semaphore);
  return next::sem_destroy()(semaphore);
}

REDFLAG_SHIM int sem_wait(sem_t* semaphore) {
  Thread* self = controlled();
  if (self == nullptr) return next::sem_wait()(semaphore);
  return wait_until(*self, semaphore, no_deadline, REDFLAG_CALLER);
}

REDFLAG_SHIM int sem_timedwait(sem_t* semaphore, const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::sem_timedwait()(semaphore, limit);
  if (!is_valid(*limit)) return refuse();
  return wait_until(*self, semaphore, deadline_of(CLOCK_REALTIME, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::sem_clockwait()(semaphore, clock, limit);
  if (!is_valid(*limit)) return refuse();
  return wait_until(*self, semaphore, deadline_of(clock, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int sem_trywait(sem_t* semaphore) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::sem_trywait()(semaphore);
  scheduler.step(*self, operation(Action::semaphore_try_wait, semaphore, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::sem_trywait()(semaphore);
}

REDFLAG_SHIM int sem_post(sem_t* semaphore) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::sem_post()(semaphore);
  scheduler.step(*self, operation(Action::semaphore_post, semaphore, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::sem_post()(semaphore);
}
