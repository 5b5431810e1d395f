#include "explore/runtime/next.h"

#include "explore/runtime/weak_memory.h"

// ThreadSanitizer's own functions; absent from a program without it.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void __tsan_func_entry(void* caller) __attribute__((weak));
void __tsan_func_exit() __attribute__((weak));
void __tsan_release(void* object) __attribute__((weak));
void __tsan_acquire(void* object) __attribute__((weak));
void __tsan_read1_pc(void* object, void* caller) __attribute__((weak));
}
// NOLINTEND(bugprone-reserved-identifier)

namespace redflag::explorer {

CallFrame::CallFrame(const void* caller) {
  if (__tsan_func_entry != nullptr) __tsan_func_entry(const_cast<void*>(caller));
}

CallFrame::~CallFrame() {
  if (__tsan_func_exit != nullptr) __tsan_func_exit();
}

void tell_release(void* object) {
  if (__tsan_release != nullptr) __tsan_release(object);
  if (weak_memory.on() && current_thread != nullptr) weak_memory.release(*current_thread, object);
}

void tell_acquire(void* object) {
  if (__tsan_acquire != nullptr) __tsan_acquire(object);
  if (weak_memory.on() && current_thread != nullptr) weak_memory.acquire(*current_thread, object);
}

void tell_use(void* object, const void* caller) {
  if (__tsan_read1_pc != nullptr) __tsan_read1_pc(object, const_cast<void*>(caller));
}

}  // namespace redflag::explorer
