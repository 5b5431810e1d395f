// Taking the place of a function whose own definition cannot be put behind ours by its name alone.
#pragma once

#include "explore/runtime/next.h"

// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

// REDFLAG_REAL(int, f, (int)) declares real_f(), which returns the function f that is not ours, and
// REDFLAG_OURS(f) is the name that ours must have.
//
// With the runtime linked into the program, where ThreadSanitizer's functions are too, the linker
// option --wrap puts ours in front; else the dynamic linker does.
#ifdef REDFLAG_EXPLORE_WRAP
#define REDFLAG_OURS(name) __wrap_##name
#define REDFLAG_REAL(result, name, parameters) \
  extern "C" result __real_##name parameters;  \
  static inline auto* real_##name() { return &__real_##name; }
#else
#define REDFLAG_OURS(name) name
#define REDFLAG_REAL(result, name, parameters)                         \
  using name##_type = result parameters;                               \
  static inline name##_type* real_##name() {                           \
    static name##_type* const found =                                  \
        redflag::explorer::next_function<name##_type>(nullptr, #name); \
    return found;                                                      \
  }
#endif

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)
