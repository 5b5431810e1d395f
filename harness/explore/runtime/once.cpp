// What is to be done once: pthread_once() (and std::call_once) and the initialisation of static
// locals. Modelled wholly, because ThreadSanitizer's own never ends if the routine throws.
#include "explore/runtime/once.h"

#include <pthread.h>

#include <atomic>
#include <iterator>

#include "explore/runtime/next.h"
#include "explore/runtime/stack.h"
#include "explore/runtime/wrap.h"

using Guard = std::int64_t;  // of the C++ ABI: its first byte says whether all is done

REDFLAG_NEXT(pthread_once);
REDFLAG_REAL(int, __cxa_guard_acquire, (Guard * guard))
REDFLAG_REAL(void, __cxa_guard_release, (Guard * guard))
REDFLAG_REAL(void, __cxa_guard_abort, (Guard * guard))

namespace redflag::explorer {
namespace {

// What is being done now, and by whom. More at once than there is room for goes unnoticed.
struct Entry {
  const volatile void* object;
  const Thread* thread;
};
constinit Entry entries[256] = {};
constinit std::size_t entry_count = 0;

// The thread that is at it, or null.
const Thread* initializer_of(const volatile void* object) {
  for (std::size_t i = 0; i < entry_count; ++i) {
    if (entries[i].object == object) return entries[i].thread;
  }
  return nullptr;
}

void enter(const Thread& self, const volatile void* object) {
  if (entry_count < std::size(entries)) entries[entry_count++] = {object, &self};
}

void leave(const Thread& self, const volatile void* object) {
  for (std::size_t i = 0; i < entry_count; ++i) {
    if (entries[i].object != object || entries[i].thread != &self) continue;
    entries[i] = entries[--entry_count];
    return;
  }
}

bool nobody_is_at_it(const Thread& thread, bool) {
  return initializer_of(thread.operation.object) == nullptr;
}

// Waits until nobody is at it.
void await(Thread& self, const Operation& operation) {
  const Thread* runner = initializer_of(operation.object);
  self.word = runner == nullptr ? 0 : runner->id + std::uint64_t{1};
  scheduler.step(self, operation, nobody_is_at_it);
}

// While a routine runs. If it leaves by an exception, that too comes before the next attempt.
class Progress {
 public:
  Progress(Thread& self, void* object) : self_(self), object_(object) { enter(self_, object_); }
  ~Progress() {
    tell_release(object_);
    leave(self_, object_);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  Thread& self_;
  void* object_;
};

void nothing() {}

// What the real pthread_once() leaves behind: ThreadSanitizer's differs from glibc's.
int done_value() {
  static pthread_once_t probe = PTHREAD_ONCE_INIT;
  if (probe == PTHREAD_ONCE_INIT) next::pthread_once()(&probe, nothing);
  return probe;
}

int once(Thread& self, pthread_once_t* control, void (*routine)(), const void* caller) {
  const int done = done_value();
  await(self, {Action::once, ObjectType::once, control, caller});
  const CallFrame frame(caller);
  const std::atomic_ref<int> state(*control);
  tell_acquire(control);
  if (state == done) return 0;
  const Progress progress(self, control);
  routine();
  state = done;
  return 0;
}

std::atomic_ref<unsigned char> done_byte(Guard* guard) {
  return std::atomic_ref<unsigned char>(*reinterpret_cast<unsigned char*>(guard));
}

}  // namespace

void forget_initializations() { entry_count = 0; }

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int pthread_once(pthread_once_t* control, void (*routine)()) {
  if (is_unwinder(REDFLAG_CALLER)) return next::pthread_once()(control, routine);
  Thread* self = controlled();
  if (self == nullptr) return next::pthread_once()(control, routine);
  return once(*self, control, routine, REDFLAG_CALLER);
}

REDFLAG_SHIM int REDFLAG_OURS(__cxa_guard_acquire)(Guard* guard);
REDFLAG_SHIM int REDFLAG_OURS(__cxa_guard_acquire)(Guard* guard) {
  Thread* self = controlled();
  if (self == nullptr) return real___cxa_guard_acquire()(guard);
  await(*self, {Action::static_initialization, ObjectType::static_guard, guard, REDFLAG_CALLER});
  tell_acquire(guard);
  if (done_byte(guard) != 0) return 0;
  enter(*self, guard);
  return 1;
}

REDFLAG_SHIM void REDFLAG_OURS(__cxa_guard_release)(Guard* guard);
REDFLAG_SHIM void REDFLAG_OURS(__cxa_guard_release)(Guard* guard) {
  Thread* self = controlled();
  if (self == nullptr) return real___cxa_guard_release()(guard);
  tell_release(guard);
  done_byte(guard) = 1;
  leave(*self, guard);
}

REDFLAG_SHIM void REDFLAG_OURS(__cxa_guard_abort)(Guard* guard);
REDFLAG_SHIM void REDFLAG_OURS(__cxa_guard_abort)(Guard* guard) {
  Thread* self = controlled();
  if (self == nullptr) return real___cxa_guard_abort()(guard);
  tell_release(guard);
  leave(*self, guard);
}
