// What this very build is: asked of the compiler, not of the build system.
#pragma once

#include <string_view>

namespace redflag {

/// "thread", "address" or "none".
constexpr std::string_view instrumentation() {
#if defined(__SANITIZE_THREAD__)
  return "thread";
#elif defined(__SANITIZE_ADDRESS__)
  return "address";
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
  return "thread";
#elif __has_feature(address_sanitizer)
  return "address";
#else
  return "none";
#endif
#else
  return "none";
#endif
}

/// "clang" or "gcc".
constexpr std::string_view compiler() {
#if defined(__clang__)
  return "clang";
#else
  return "gcc";
#endif
}

}  // namespace redflag
