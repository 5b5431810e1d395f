// The functions that would have been called if the runtime were not there: a sanitizer's
// interceptor if there is one, else the library's own.
#pragma once

#include <dlfcn.h>

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// `intercepted` if the program has it, else the next function of that name after ours.
template <class F>
F* next_function(F* intercepted, const char* name, const char* version = nullptr) {
  if (intercepted != nullptr) return intercepted;
  void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
  if (found == nullptr) found = dlsym(RTLD_NEXT, name);
  return reinterpret_cast<F*>(found);
}

/// Puts the program's call on ThreadSanitizer's stack, so that its reports show the line that
/// called and not only ours. `caller` is the shim's return address.
class CallFrame {
 public:
  explicit CallFrame(const void* caller);
  ~CallFrame();
  CallFrame(const CallFrame&) = delete;
  CallFrame& operator=(const CallFrame&) = delete;
};

/// Orders two threads for ThreadSanitizer, and in weak memory, where the real call, which would do
/// so, is not made.
void tell_release(void* object);
void tell_acquire(void* object);
/// Tells it that `object` is being used, so that destroying it meanwhile is a race.
void tell_use(void* object, const void* caller);

}  // namespace redflag::explorer

// REDFLAG_NEXT(f) declares next::f(), which returns the function to call on to.
// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)
#define REDFLAG_NEXT_OF_VERSION(name, version)                                  \
  extern "C" decltype(::name) __interceptor_##name __attribute__((weak));       \
  namespace redflag::explorer::next {                                           \
  inline decltype(::name)* name() {                                             \
    static decltype(::name)* const found =                                      \
        next_function<decltype(::name)>(&__interceptor_##name, #name, version); \
    return found;                                                               \
  }                                                                             \
  }                                                                             \
  static_assert(true)
#define REDFLAG_NEXT(name) REDFLAG_NEXT_OF_VERSION(name, nullptr)
/// A function of ours that takes the place of the library's.
#define REDFLAG_SHIM extern "C" __attribute__((visibility("default")))
/// Where the program called the shim.
#define REDFLAG_CALLER __builtin_return_address(0)
// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)
