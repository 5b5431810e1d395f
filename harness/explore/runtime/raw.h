// System calls as such. The runtime calls no library function that it, or a sanitizer, may have
// taken the place of; these neither touch errno nor can be cancelled.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>  // NOLINT(modernize-deprecated-headers): timespec is POSIX

#include <atomic>
#include <cstdint>

namespace redflag::explorer::raw {

inline long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0,
                 long f = 0) {
  long result = 0;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

template <class T>
long word(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

inline int thread_id() { return static_cast<int>(call(SYS_gettid)); }

[[noreturn]] inline void exit_process(int code) {
  for (;;) call(SYS_exit_group, code);
}

/// Waits while `*place == value`, at most `limit`; may return at any time.
inline void futex_wait(std::atomic<std::uint32_t>& place, std::uint32_t value,
                       const timespec* limit) {
  call(SYS_futex, word(&place), FUTEX_WAIT_PRIVATE, static_cast<long>(value), word(limit));
}

inline void futex_wake(std::atomic<std::uint32_t>& place) {
  call(SYS_futex, word(&place), FUTEX_WAKE_PRIVATE, 1);
}

}  // namespace redflag::explorer::raw
