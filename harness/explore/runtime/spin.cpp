// Spin locks. Waiting for one is modelled as for a mutex: no step is spent on spinning.
#include <pthread.h>

#include "explore/runtime/next.h"

REDFLAG_NEXT(pthread_spin_init);
REDFLAG_NEXT(pthread_spin_destroy);
REDFLAG_NEXT(pthread_spin_lock);
REDFLAG_NEXT(pthread_spin_trylock);
REDFLAG_NEXT(pthread_spin_unlock);

namespace redflag::explorer {
namespace {

constexpr int free_value = 1;  // glibc's, on x86

bool is_free(const Thread& thread, bool) {
  return *static_cast<const volatile int*>(thread.operation.object) == free_value;
}

Operation operation(Action action, pthread_spinlock_t* lock, const void* caller) {
  return {action, ObjectType::spin_lock, lock, caller};
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_spin_init(pthread_spinlock_t* lock, int shared) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(lock);
  return next::pthread_spin_init()(lock, shared);
}

REDFLAG_SHIM int pthread_spin_destroy(pthread_spinlock_t* lock) noexcept {
  const CallFrame frame(REDFLAG_CALLER);
  if (controlled() != nullptr) scheduler.objects().forget(lock);
  return next::pthread_spin_destroy()(lock);
}

REDFLAG_SHIM int pthread_spin_lock(pthread_spinlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_spin_lock()(lock);
  scheduler.step(*self, operation(Action::mutex_lock, lock, REDFLAG_CALLER), is_free);
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_spin_lock()(lock);
}

REDFLAG_SHIM int pthread_spin_trylock(pthread_spinlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_spin_trylock()(lock);
  scheduler.step(*self, operation(Action::mutex_try_lock, lock, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_spin_trylock()(lock);
}

REDFLAG_SHIM int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_spin_unlock()(lock);
  scheduler.step(*self, operation(Action::mutex_unlock, lock, REDFLAG_CALLER));
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_spin_unlock()(lock);
}
