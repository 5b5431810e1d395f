// Threads: made, started, joined, ended.
#include <pthread.h>

#include <cerrno>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"
#include "explore/runtime/outside.h"
#include "explore/runtime/thread.h"
#include "explore/runtime/thread_stack.h"

REDFLAG_NEXT(pthread_create);
REDFLAG_NEXT(pthread_join);
REDFLAG_NEXT(pthread_tryjoin_np);
REDFLAG_NEXT(pthread_timedjoin_np);
REDFLAG_NEXT(pthread_clockjoin_np);
REDFLAG_NEXT(pthread_detach);

namespace redflag::explorer {
namespace {

pthread_key_t end_key;
bool has_end_key = false;

// thread_local objects are destroyed, and keys' destructors called, after the start routine has
// returned: the thread is over only after the last round of those.
void at_thread_end(void* data) {
  auto* self = static_cast<Thread*>(data);
  if (self != current_thread) return;
  if (++self->end_rounds < PTHREAD_DESTRUCTOR_ITERATIONS) {
    pthread_setspecific(end_key, self);
    return;
  }
  scheduler.finish(*self);
}

void* start(void* data) {
  auto* self = static_cast<Thread*>(data);
  watch_thread_end(*self);
  scheduler.enter(*self);
  return self->routine(self->argument);
}

bool target_finished(const Thread& thread, bool late) {
  return late || scheduler.thread(thread.word - 1).state == Thread::finished;
}

// Whether `self` went on because its time was over.
bool await_end(Thread& self, const Thread& target, const void* caller,
               std::uint64_t deadline = no_deadline) {
  self.word = target.id + std::uint64_t{1};
  return scheduler.step(self, {Action::thread_join, ObjectType::thread, &target, caller},
                        target_finished, deadline);
}

// Of a target that is finished.
int join(Thread& target, pthread_t handle, void** result, const void* caller) {
  const CallFrame frame(caller);
  const int error = next::pthread_join()(handle, result);
  if (error == 0) {
    give_back_stack(target);
    target.joined = true;
    target.handle = 0;
  }
  return error;
}

int join_until(Thread& self, pthread_t handle, void** result, std::uint64_t deadline,
               const void* caller) {
  Thread* target = scheduler.thread_of_handle(handle);
  if (target == nullptr) {  // made before the execution, or in another one
    const Outside outside(&self, caller);
    return next::pthread_join()(handle, result);
  }
  if (target == &self) return EDEADLK;
  if (await_end(self, *target, caller, deadline)) return ETIMEDOUT;
  return join(*target, handle, result, caller);
}

}  // namespace

void watch_thread_end(Thread& self) {
  if (!has_end_key) has_end_key = pthread_key_create(&end_key, at_thread_end) == 0;
  self.end_rounds = 0;
  pthread_setspecific(end_key, &self);
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_create(pthread_t* handle, const pthread_attr_t* attributes,
                                void* (*routine)(void*), void* argument) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_create()(handle, attributes, routine, argument);
  scheduler.step(*self, {Action::thread_create, ObjectType::none, nullptr, REDFLAG_CALLER});
  Thread* child = scheduler.add_thread(*self, REDFLAG_CALLER);
  child->routine = routine;
  child->argument = argument;
  int detached = PTHREAD_CREATE_JOINABLE;
  if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &detached);
  child->detached = detached == PTHREAD_CREATE_DETACHED;
  const ReadyStack stack(attributes, *child);
  const CallFrame frame(REDFLAG_CALLER);
  const int error = next::pthread_create()(handle, stack.attributes(), start, child);
  if (error != 0) {
    give_back_stack(*child);
    scheduler.drop_thread(*child);
  } else {
    child->handle = *handle;
  }
  return error;
}

REDFLAG_SHIM int pthread_join(pthread_t handle, void** result) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_join()(handle, result);
  return join_until(*self, handle, result, no_deadline, REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_tryjoin_np(pthread_t handle, void** result) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_tryjoin_np()(handle, result);
  scheduler.step(*self, {Action::yield, ObjectType::none, nullptr, REDFLAG_CALLER});
  Thread* target = scheduler.thread_of_handle(handle);
  if (target == nullptr) return join_until(*self, handle, result, no_deadline, REDFLAG_CALLER);
  return target->state == Thread::finished ? join(*target, handle, result, REDFLAG_CALLER) : EBUSY;
}

REDFLAG_SHIM int pthread_timedjoin_np(pthread_t handle, void** result, const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_timedjoin_np()(handle, result, limit);
  return join_until(*self, handle, result, deadline_of(CLOCK_REALTIME, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_clockjoin_np(pthread_t handle, void** result, clockid_t clock,
                                      const timespec* limit) {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_clockjoin_np()(handle, result, clock, limit);
  return join_until(*self, handle, result, deadline_of(clock, *limit), REDFLAG_CALLER);
}

REDFLAG_SHIM int pthread_detach(pthread_t handle) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_detach()(handle);
  scheduler.step(*self, {Action::thread_detach, ObjectType::none, nullptr, REDFLAG_CALLER});
  if (Thread* target = scheduler.thread_of_handle(handle)) target->detached = true;
  const CallFrame frame(REDFLAG_CALLER);
  return next::pthread_detach()(handle);
}
