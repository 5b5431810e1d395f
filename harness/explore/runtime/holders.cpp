#include "explore/runtime/holders.h"

#include <pthread.h>

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {
namespace {

std::int32_t number_of(int kernel_id) {
  const Thread* thread = kernel_id == 0 ? nullptr : scheduler.thread_of_kernel_id(kernel_id);
  return thread == nullptr ? -1 : static_cast<std::int32_t>(thread->id);
}

}  // namespace

std::int32_t holder_of(const Thread& waiter) {
  const volatile void* object = waiter.operation.object;
  switch (waiter.operation.action) {
    case Action::mutex_lock:
      if (waiter.operation.type == ObjectType::mutex)
        return number_of(static_cast<const volatile pthread_mutex_t*>(object)->__data.__owner);
      if (waiter.operation.type != ObjectType::shared_mutex) return -1;  // a spin lock knows nobody
      [[fallthrough]];
    case Action::shared_lock:
      return number_of(static_cast<const volatile pthread_rwlock_t*>(object)->__data.__cur_writer);
    case Action::thread_join:
    case Action::once:
    case Action::static_initialization:
      return static_cast<std::int32_t>(waiter.word) - 1;
    default:
      return -1;
  }
}

Thread* Scheduler::thread_of_handle(std::uintptr_t handle) {
  for (std::size_t i = thread_count_; i-- > 0;) {  // the system uses handles again: the newest
    if (threads_[i].handle == handle && i > 0) return &threads_[i];
  }
  return nullptr;
}

Thread* Scheduler::thread_of_kernel_id(int id) {
  for (std::size_t i = thread_count_; i-- > 0;) {
    if (static_cast<int>(threads_[i].kernel_id) == id) return &threads_[i];
  }
  return nullptr;
}

}  // namespace redflag::explorer
