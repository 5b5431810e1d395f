// Cancellation: a thread that was cancelled ends at the next call that the standard calls a
// cancellation point and that may wait. glibc would end it inside the real call, which the explorer
// does not make. Asynchronous cancellation, which interrupts a thread anywhere, would find it in
// the scheduler: it is taken for the other kind.
#include "explore/runtime/cancel.h"

#include <pthread.h>

#include "explore/runtime/next.h"

REDFLAG_NEXT(pthread_cancel);
REDFLAG_NEXT(pthread_setcancelstate);
REDFLAG_NEXT(pthread_setcanceltype);

namespace redflag::explorer {
namespace {

bool is_cancellation_point(Action action) {
  switch (action) {
    case Action::condition_wake:
    case Action::semaphore_wait:
    case Action::thread_join:
    case Action::sleep:
    case Action::signal_wait:
    case Action::file_wait:
      return true;
    default:
      return false;
  }
}

Thread* target_of(pthread_t handle) {
  Thread& owner = scheduler.thread(0);
  return owner.handle == handle ? &owner : scheduler.thread_of_handle(handle);
}

}  // namespace

bool is_cancelled(const Thread& thread) {
  return thread.cancelled && thread.cancellable && is_cancellation_point(thread.operation.action);
}

bool end_if_cancelled(Thread& self) {
  if (!is_cancelled(self)) return false;
  self.cancelled = false;  // what its destructors call is to wait again
  pthread_testcancel();
  return true;
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_cancel(pthread_t handle) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cancel()(handle);
  scheduler.step(*self, {Action::thread_cancel, ObjectType::none, nullptr, REDFLAG_CALLER});
  Thread* target = target_of(handle);
  const CallFrame frame(REDFLAG_CALLER);
  const int error = next::pthread_cancel()(handle);
  if (error == 0 && target != nullptr) target->cancelled = true;
  return error;
}

REDFLAG_SHIM int pthread_setcancelstate(int state, int* before) {
  const int error = next::pthread_setcancelstate()(state, before);
  Thread* self = controlled();
  if (error == 0 && self != nullptr) self->cancellable = state == PTHREAD_CANCEL_ENABLE;
  return error;
}

REDFLAG_SHIM int pthread_setcanceltype(int type, int* before) {
  Thread* self = controlled();
  const bool known = type == PTHREAD_CANCEL_DEFERRED || type == PTHREAD_CANCEL_ASYNCHRONOUS;
  if (self == nullptr || !known) return next::pthread_setcanceltype()(type, before);
  if (before != nullptr) *before = self->cancel_type;
  self->cancel_type = type;
  return 0;
}
