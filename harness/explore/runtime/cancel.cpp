// Cancellation: a thread that was cancelled ends at the next call that the standard calls a
// cancellation point and that may wait. glibc would end it inside the real call, which the explorer
// does not make.
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

}  // namespace

bool is_cancelled(const Thread& thread) {
  return thread.cancelled && thread.cancellable &&
         (thread.cancellable_anywhere || is_cancellation_point(thread.operation.action));
}

void end_if_cancelled(const Thread& self) {
  if (is_cancelled(self)) pthread_testcancel();
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_cancel(pthread_t handle) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_cancel()(handle);
  scheduler.step(*self, {Action::thread_cancel, ObjectType::none, nullptr, REDFLAG_CALLER});
  if (Thread* target = scheduler.thread_of_handle(handle)) target->cancelled = true;
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_cancel()(handle);
}

REDFLAG_SHIM int pthread_setcancelstate(int state, int* before) {
  if (Thread* self = controlled()) self->cancellable = state == PTHREAD_CANCEL_ENABLE;
  return next::pthread_setcancelstate()(state, before);
}

// glibc would interrupt an asynchronous one by a signal, wherever it is in the scheduler: here it
// ends at its next step, whatever that is.
REDFLAG_SHIM int pthread_setcanceltype(int type, int* before) {
  Thread* self = controlled();
  const bool known = type == PTHREAD_CANCEL_DEFERRED || type == PTHREAD_CANCEL_ASYNCHRONOUS;
  if (self == nullptr || !known) return next::pthread_setcanceltype()(type, before);
  if (before != nullptr)
    *before = self->cancellable_anywhere ? PTHREAD_CANCEL_ASYNCHRONOUS : PTHREAD_CANCEL_DEFERRED;
  self->cancellable_anywhere = type == PTHREAD_CANCEL_ASYNCHRONOUS;
  return 0;
}
