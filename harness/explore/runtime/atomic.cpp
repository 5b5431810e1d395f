// Atomic operations of a program built with ThreadSanitizer: calls of these functions, each of them
// a step. They end in a jump to the real one, so that its reports have the program's own line.
#include <cstdint>

#include "explore/runtime/atomic.h"
#include "explore/runtime/next.h"
#include "explore/runtime/weak_memory.h"
#include "explore/runtime/wrap.h"

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

namespace {

__extension__ using int128 = __int128;

// Not inline: a local variable whose address was given away would keep Clang from making the jump.
[[gnu::noinline]] void step(Action action, const volatile void* object, const void* caller) {
  if (Thread* self = controlled())
    scheduler.step(*self, {action, ObjectType::atomic, object, caller});
}

// With weak memory they are calls like any other. What is too large to be followed only
// synchronises.

template <class T>
constexpr bool is_followed = sizeof(T) <= sizeof(std::uint64_t);

template <class T>
Place place_of(const volatile T* object) {
  return {object, sizeof(T)};
}

// Before and after the real operation, which is to change the object.
template <class T>
class Change {
 public:
  explicit Change(const volatile T* object) : self_(controlled()), object_(object) {
    if (self_ == nullptr) return;
    if constexpr (is_followed<T>)
      weak_memory.before_store(*self_, place_of(object));
    else
      weak_memory.pass_unfollowed(*self_);
  }
  void stored(int order) {
    if constexpr (is_followed<T>) {
      if (self_ != nullptr) weak_memory.store(*self_, place_of(object_), {order});
    }
  }
  void updated(int order) {
    if constexpr (is_followed<T>) {
      if (self_ != nullptr) weak_memory.update(*self_, place_of(object_), {order});
    }
  }
  void failed(int order) {
    if constexpr (is_followed<T>) {
      if (self_ != nullptr) weak_memory.load_last(*self_, place_of(object_), {order});
    }
  }

 private:
  Thread* self_;
  const volatile T* object_;
};

template <class T>
[[gnu::noinline]] T weak_load(T (*real)(const volatile T*, int), const void* caller,
                              const volatile T* object, int order) {
  const CallFrame frame(caller);
  const T last = real(object, order);
  Thread* self = controlled();
  if (self == nullptr) return last;
  if constexpr (is_followed<T>)
    return static_cast<T>(weak_memory.load(*self, place_of(object), {order}));
  weak_memory.pass_unfollowed(*self);
  return last;
}

template <class T>
[[gnu::noinline]] void weak_store(void (*real)(volatile T*, T, int), const void* caller,
                                  volatile T* object, T value, int order) {
  const CallFrame frame(caller);
  Change<T> change(object);
  real(object, value, order);
  change.stored(order);
}

template <class T>
[[gnu::noinline]] T weak_update(T (*real)(volatile T*, T, int), const void* caller,
                                volatile T* object, T value, int order) {
  const CallFrame frame(caller);
  Change<T> change(object);
  const T before = real(object, value, order);
  change.updated(order);
  return before;
}

template <class T>
[[gnu::noinline]] int weak_compare(int (*real)(volatile T*, T*, T, int, int), const void* caller,
                                   volatile T* object, T* expected, T value, int order,
                                   int failure) {
  const CallFrame frame(caller);
  Change<T> change(object);
  const int changed = real(object, expected, value, order, failure);
  changed != 0 ? change.updated(order) : change.failed(failure);
  return changed;
}

template <class T>
[[gnu::noinline]] T weak_compare(T (*real)(volatile T*, T, T, int, int), const void* caller,
                                 volatile T* object, T expected, T value, int order, int failure) {
  const CallFrame frame(caller);
  Change<T> change(object);
  const T before = real(object, expected, value, order, failure);
  before == expected ? change.updated(order) : change.failed(failure);
  return before;
}

constexpr std::uint32_t most_failures = 2;  // of one thread: it tries again until it succeeds

// In weak memory, where it is a loop of the processor's, a compare_exchange_weak() may fail though
// the value is the expected one. It is then a load: a comparison with what cannot be there.
template <class T>
[[gnu::noinline]] bool fails_by_itself(int (*real)(volatile T*, T*, T, int, int),
                                       const void* caller, volatile T* object, const T* expected,
                                       T value, int order, int failure) {
  Thread* self = weak_memory.on() ? controlled() : nullptr;
  if (self == nullptr || self->spurious_failures == most_failures || *object != *expected ||
      scheduler.choose(*self, 2) == 0)
    return false;
  ++self->spurious_failures;
  const CallFrame frame(caller);
  Change<T> change(object);
  T other = static_cast<T>(~*expected);
  real(object, &other, value, order, failure);
  change.failed(failure);
  return true;
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

#define REDFLAG_ATOMIC(result, name, action, weak, parameters, ...) \
  REDFLAG_REAL(result, name, parameters)                            \
  REDFLAG_SHIM result REDFLAG_OURS(name) parameters;                \
  REDFLAG_SHIM result REDFLAG_OURS(name) parameters {               \
    step(Action::action, object, REDFLAG_CALLER);                   \
    if (weak_memory.on()) [[unlikely]]                              \
      return weak(real_##name(), REDFLAG_CALLER, __VA_ARGS__);      \
    return real_##name()(__VA_ARGS__);                              \
  }

#define REDFLAG_UPDATE(bits, type, operation)                                         \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_##operation, atomic_update, weak_update, \
                 (volatile type * object, type value, int order), object, value, order)

#define REDFLAG_COMPARE(bits, type, strength)                                                   \
  REDFLAG_ATOMIC(int, __tsan_atomic##bits##_compare_exchange_##strength, atomic_update,         \
                 weak_compare,                                                                  \
                 (volatile type * object, type * expected, type value, int order, int failure), \
                 object, expected, value, order, failure)

#define REDFLAG_COMPARE_WEAK(bits, type)                                                          \
  REDFLAG_REAL(int, __tsan_atomic##bits##_compare_exchange_weak,                                  \
               (volatile type * object, type * expected, type value, int order, int failure))     \
  REDFLAG_SHIM int REDFLAG_OURS(__tsan_atomic##bits##_compare_exchange_weak)(                     \
      volatile type * object, type * expected, type value, int order, int failure);               \
  REDFLAG_SHIM int REDFLAG_OURS(__tsan_atomic##bits##_compare_exchange_weak)(                     \
      volatile type * object, type * expected, type value, int order, int failure) {              \
    auto* const real = real___tsan_atomic##bits##_compare_exchange_weak();                        \
    step(Action::atomic_update, object, REDFLAG_CALLER);                                          \
    if (fails_by_itself(real, REDFLAG_CALLER, object, expected, value, order, failure)) return 0; \
    if (weak_memory.on()) [[unlikely]]                                                            \
      return weak_compare(real, REDFLAG_CALLER, object, expected, value, order, failure);         \
    return real(object, expected, value, order, failure);                                         \
  }

#define REDFLAG_ATOMICS(bits, type)                                                             \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_load, atomic_load, weak_load,                      \
                 (const volatile type* object, int order), object, order)                       \
  REDFLAG_ATOMIC(void, __tsan_atomic##bits##_store, atomic_store, weak_store,                   \
                 (volatile type * object, type value, int order), object, value, order)         \
  REDFLAG_UPDATE(bits, type, exchange)                                                          \
  REDFLAG_UPDATE(bits, type, fetch_add)                                                         \
  REDFLAG_UPDATE(bits, type, fetch_sub)                                                         \
  REDFLAG_UPDATE(bits, type, fetch_and)                                                         \
  REDFLAG_UPDATE(bits, type, fetch_or)                                                          \
  REDFLAG_UPDATE(bits, type, fetch_xor)                                                         \
  REDFLAG_UPDATE(bits, type, fetch_nand)                                                        \
  REDFLAG_COMPARE(bits, type, strong)                                                           \
  REDFLAG_COMPARE_WEAK(bits, type)                                                              \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_compare_exchange_val, atomic_update, weak_compare, \
                 (volatile type * object, type expected, type value, int order, int failure),   \
                 object, expected, value, order, failure)

REDFLAG_ATOMICS(8, std::int8_t)
REDFLAG_ATOMICS(16, std::int16_t)
REDFLAG_ATOMICS(32, std::int32_t)
REDFLAG_ATOMICS(64, std::int64_t)
REDFLAG_ATOMICS(128, int128)

REDFLAG_REAL(void, __tsan_atomic_thread_fence, (int order))
REDFLAG_SHIM void REDFLAG_OURS(__tsan_atomic_thread_fence)(int order);
REDFLAG_SHIM void REDFLAG_OURS(__tsan_atomic_thread_fence)(int order) {
  step(Action::fence, nullptr, REDFLAG_CALLER);
  Thread* self = weak_memory.on() ? controlled() : nullptr;
  if (self != nullptr) weak_memory.fence(*self, {order});
  real___tsan_atomic_thread_fence()(order);
}

extern "C" void __tsan_init() __attribute__((weak));

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)

namespace redflag::explorer {

bool is_instrumented() { return __tsan_init != nullptr; }

}  // namespace redflag::explorer
