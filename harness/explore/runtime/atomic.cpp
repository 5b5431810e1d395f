// Atomic operations of a program built with ThreadSanitizer: calls of these functions, each of them
// a step. They end in a jump to the real one, so that its reports have the program's own line.
#include <cstdint>

#include "explore/runtime/atomic.h"
#include "explore/runtime/next.h"
#include "explore/runtime/wrap.h"

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

namespace {

__extension__ using int128 = __int128;

// Not inline: a local variable whose address was given away would keep Clang from making the jump.
[[gnu::noinline]] void step(Action action, const volatile void* object, const void* caller) {
  if (Thread* self = controlled())
    scheduler.step(*self, {action, ObjectType::atomic, object, caller});
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

#define REDFLAG_ATOMIC(result, name, action, parameters, arguments) \
  REDFLAG_REAL(result, name, parameters)                            \
  REDFLAG_SHIM result REDFLAG_OURS(name) parameters;                \
  REDFLAG_SHIM result REDFLAG_OURS(name) parameters {               \
    step(Action::action, object, REDFLAG_CALLER);                   \
    return real_##name() arguments;                                 \
  }

#define REDFLAG_UPDATE(bits, type, operation)                            \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_##operation, atomic_update, \
                 (volatile type * object, type value, int order), (object, value, order))

#define REDFLAG_COMPARE(bits, type, strength)                                                   \
  REDFLAG_ATOMIC(int, __tsan_atomic##bits##_compare_exchange_##strength, atomic_update,         \
                 (volatile type * object, type * expected, type value, int order, int failure), \
                 (object, expected, value, order, failure))

#define REDFLAG_ATOMICS(bits, type)                                                           \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_load, atomic_load,                               \
                 (const volatile type* object, int order), (object, order))                   \
  REDFLAG_ATOMIC(void, __tsan_atomic##bits##_store, atomic_store,                             \
                 (volatile type * object, type value, int order), (object, value, order))     \
  REDFLAG_UPDATE(bits, type, exchange)                                                        \
  REDFLAG_UPDATE(bits, type, fetch_add)                                                       \
  REDFLAG_UPDATE(bits, type, fetch_sub)                                                       \
  REDFLAG_UPDATE(bits, type, fetch_and)                                                       \
  REDFLAG_UPDATE(bits, type, fetch_or)                                                        \
  REDFLAG_UPDATE(bits, type, fetch_xor)                                                       \
  REDFLAG_UPDATE(bits, type, fetch_nand)                                                      \
  REDFLAG_COMPARE(bits, type, strong)                                                         \
  REDFLAG_COMPARE(bits, type, weak)                                                           \
  REDFLAG_ATOMIC(type, __tsan_atomic##bits##_compare_exchange_val, atomic_update,             \
                 (volatile type * object, type expected, type value, int order, int failure), \
                 (object, expected, value, order, failure))

REDFLAG_ATOMICS(8, std::int8_t)
REDFLAG_ATOMICS(16, std::int16_t)
REDFLAG_ATOMICS(32, std::int32_t)
REDFLAG_ATOMICS(64, std::int64_t)
REDFLAG_ATOMICS(128, int128)

REDFLAG_REAL(void, __tsan_atomic_thread_fence, (int order))
REDFLAG_SHIM void REDFLAG_OURS(__tsan_atomic_thread_fence)(int order);
REDFLAG_SHIM void REDFLAG_OURS(__tsan_atomic_thread_fence)(int order) {
  step(Action::fence, nullptr, REDFLAG_CALLER);
  real___tsan_atomic_thread_fence()(order);
}

extern "C" void __tsan_init() __attribute__((weak));

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)

namespace redflag::explorer {

bool is_instrumented() { return __tsan_init != nullptr; }

}  // namespace redflag::explorer
