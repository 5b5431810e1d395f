// Barriers. The real one is never waited at: arriving is counted here, and the order that it makes
// told to ThreadSanitizer.
#include <pthread.h>

#include "explore/runtime/next.h"
#include "explore/runtime/waiters.h"

REDFLAG_NEXT(pthread_barrier_init);
REDFLAG_NEXT(pthread_barrier_destroy);
REDFLAG_NEXT(pthread_barrier_wait);

namespace redflag::explorer {
namespace {

// The start of glibc's pthread_barrier_t.
struct Fields {
  unsigned in;
  unsigned round;
  unsigned count;
};

Operation operation(Action action, const pthread_barrier_t* barrier, const void* caller) {
  return {action, ObjectType::barrier, barrier, caller};
}

int wait(Thread& self, pthread_barrier_t* barrier, const void* caller) {
  scheduler.step(self, operation(Action::barrier_arrive, barrier, caller));
  tell_use(barrier, caller);
  const std::size_t expected = reinterpret_cast<const volatile Fields*>(barrier)->count;
  // All arrive at one place and leave through another, which only the last to arrive opens. With
  // one place, a thread that is slow to leave would seem to come after those that arrive again.
  void* const door = reinterpret_cast<char*>(barrier) + sizeof(std::uint64_t);
  tell_release(barrier);
  if (count_waiters(Action::barrier_leave, barrier) + 1 >= expected) {
    tell_use(barrier, caller);
    tell_acquire(barrier);
    tell_release(door);
    wake_waiters(self, Action::barrier_leave, barrier, Page::most_threads);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  self.woken = false;
  self.word = 1;
  scheduler.step(self, operation(Action::barrier_leave, barrier, caller), woken_or_late);
  tell_use(barrier, caller);  // to destroy it now is too early, as ThreadSanitizer sees it
  tell_acquire(door);
  return 0;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_barrier_init(pthread_barrier_t* barrier,
                                      const pthread_barrierattr_t* attributes,
                                      unsigned count) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(barrier);
  return next::pthread_barrier_init()(barrier, attributes, count);
}

REDFLAG_SHIM int pthread_barrier_destroy(pthread_barrier_t* barrier) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(barrier);
  return next::pthread_barrier_destroy()(barrier);
}

REDFLAG_SHIM int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_barrier_wait()(barrier);
  return wait(*self, barrier, REDFLAG_CALLER);
}
