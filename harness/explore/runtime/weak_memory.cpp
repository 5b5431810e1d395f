#include "explore/runtime/weak_memory.h"

#include <sys/mman.h>

#include "explore/runtime/raw.h"
#include "explore/runtime/strategy.h"

// Absent from a program without ThreadSanitizer.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*,
                                                                             std::size_t),
                                                         void (*free_hook)(const volatile void*))
    __attribute__((weak));

namespace redflag::explorer {

constinit WeakMemory weak_memory;

namespace {

// Of loads in a row: who looks again and again sees the last value in the end.
constexpr std::uint8_t most_old_loads = 2;

// What stood there before was freed; its successor may well begin with the value that it had.
void forget_allocated(const volatile void* begin, std::size_t size) {
  if (weak_memory.on() && controlled() != nullptr) weak_memory.forget(begin, size);
}
void ignore_freed(const volatile void*) {}

void watch_allocations() {
  static bool watched = false;
  if (watched || __sanitizer_install_malloc_and_free_hooks == nullptr) return;
  watched = true;
  __sanitizer_install_malloc_and_free_hooks(forget_allocated, ignore_freed);
}

std::uintptr_t number(const volatile void* address) {
  return reinterpret_cast<std::uintptr_t>(address);
}

}  // namespace

std::uint64_t Place::value() const {
  switch (size) {
    case 1:
      return *static_cast<const volatile std::uint8_t*>(address);
    case 2:
      return *static_cast<const volatile std::uint16_t*>(address);
    case 4:
      return *static_cast<const volatile std::uint32_t*>(address);
    default:
      return *static_cast<const volatile std::uint64_t*>(address);
  }
}

void WeakMemory::begin(bool on) {
  on_ = on;
  if (!on) return;
  watch_allocations();
  if (memory_ == nullptr)
    memory_ =
        reinterpret_cast<Memory*>(raw::call(SYS_mmap, 0, sizeof(Memory), PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  clear(memory_->location_slots);
  clear(memory_->object_slots);
  memory_->sequential.clear();
  memory_->rest.clear();
  location_count_ = object_count_ = 0;
  thread_count_ = 1;
  memory_->threads[0].clear();
}

std::uint32_t WeakMemory::hash(std::uintptr_t address) {
  return static_cast<std::uint32_t>(address * 0x9e3779b97f4a7c15 >> 40U) % slots;
}

WeakMemory::Seen& WeakMemory::seen(const volatile Thread& thread) {
  return memory_->threads[thread.id];
}

std::uint32_t WeakMemory::index_of(const Location& location) const {
  return static_cast<std::uint32_t>(&location - memory_->locations);
}

// More threads than there is room for: nobody sees old values any more.
void WeakMemory::create(const Thread& parent, const Thread& child) {
  if (child.id >= most_threads) on_ = false;
  if (!on_) return;
  if (child.id >= thread_count_) thread_count_ = child.id + 1;
  seen(child).clear();
  seen(child).now.join(seen(parent).now);
}

void WeakMemory::synchronise(const Thread& thread, View& view) {
  seen(thread).now.join(view);
  view.join(seen(thread).now);
}

void WeakMemory::pass(const Thread& thread) {
  const Operation& operation = thread.operation;
  switch (operation.action) {
    case Action::thread_join:
      seen(thread).now.join(seen(*static_cast<const volatile Thread*>(operation.object)).now);
      return;
    case Action::condition_wait:
    case Action::condition_wake:  // notifying orders nothing: the mutex does
      return synchronise(thread, view_of(operation.mutex));
    case Action::signal_send:
    case Action::signal_wait:
    case Action::signal_handle:
    case Action::file_wait:
    case Action::call_return:
    case Action::process_fork:
    case Action::process_wait:
      return synchronise(thread, memory_->rest);
    default:
      break;
  }
  switch (operation.type) {
    case ObjectType::mutex:
    case ObjectType::shared_mutex:
    case ObjectType::spin_lock:
    case ObjectType::semaphore:
    case ObjectType::barrier:
    case ObjectType::once:
    case ObjectType::static_guard:
    case ObjectType::futex:
      return synchronise(thread, view_of(operation.object));
    default:
      return;
  }
}

View& WeakMemory::view_of(const volatile void* object) {
  std::uint32_t slot = hash(number(object));
  for (; memory_->object_slots[slot] != 0; slot = (slot + 1) % slots) {
    Object& found = memory_->objects[memory_->object_slots[slot] - 1];
    if (found.address == number(object)) return found.view;
  }
  if (object_count_ == most_objects) {
    scheduler.page()->all_depend = 1;
    return memory_->rest;
  }
  Object& made = memory_->objects[object_count_++];
  memory_->object_slots[slot] = static_cast<std::uint16_t>(object_count_);
  made.address = number(object);
  made.view.clear();
  return made.view;
}

void WeakMemory::release(const Thread& thread, const volatile void* object) {
  view_of(object).join(seen(thread).now);
}

void WeakMemory::acquire(const Thread& thread, const volatile void* object) {
  seen(thread).now.join(view_of(object));
}

WeakMemory::Location* WeakMemory::find(std::uintptr_t address) {
  for (std::uint32_t slot = hash(address); memory_->location_slots[slot] != 0;
       slot = (slot + 1) % slots) {
    Location& found = memory_->locations[memory_->location_slots[slot] - 1];
    if (found.address == address) return &found;
  }
  return nullptr;
}

WeakMemory::Location* WeakMemory::add(Place place) {
  if (location_count_ == View::most_locations) return nullptr;
  std::uint32_t slot = hash(number(place.address));
  while (memory_->location_slots[slot] != 0) slot = (slot + 1) % slots;
  Location& made = memory_->locations[location_count_++];
  memory_->location_slots[slot] = static_cast<std::uint16_t>(location_count_);
  made.address = number(place.address);
  made.size = place.size;
  made.first = 1;
  made.last = 0;
  clear(made.old_loads);
  return &made;
}

// What stands there now is all that anybody can see. Whoever acquires it sees what was released by
// other means: by who initialised it, or, `by_others`, in code that is not instrumented.
void WeakMemory::restart(Location& location, bool by_others) {
  location.first = ++location.last;
  Store& base = location.at(location.last);
  base.value = Place{reinterpret_cast<const void*>(location.address), location.size}.value();
  base.view.copy(view_of(reinterpret_cast<const void*>(location.address)));
  if (by_others) scheduler.page()->all_depend = 1;
  for (std::uint32_t i = 0; by_others && i < thread_count_; ++i)
    base.view.join(memory_->threads[i].now);
}

// The location, up to date; null if it is not followed.
WeakMemory::Location* WeakMemory::location(const Thread& thread, Place place) {
  Location* found = find(number(place.address));
  if (found == nullptr) found = add(place);
  if (found == nullptr) {
    pass_unfollowed(thread);
    return nullptr;
  }
  if (found->size != place.size) {
    found->size = place.size;
    restart(*found, true);
  } else if (found->last < found->first) {
    restart(*found, false);
  } else if (found->at(found->last).value != place.value()) {
    restart(*found, true);
  }
  return found;
}

void WeakMemory::pass_unfollowed(const Thread& thread) {
  scheduler.page()->all_depend = 1;
  synchronise(thread, memory_->rest);
}

// `thread` has got the value of that store.
void WeakMemory::take(const Thread& thread, Location& location, std::uint32_t store, Order order) {
  Seen& mine = seen(thread);
  const std::uint32_t index = index_of(location);
  mine.now.see(index, store);
  (order.acquires() ? mine.now : mine.acquired).join(location.at(store).view);
  if (order.is_sequential()) memory_->sequential.see(index, store);
}

std::uint64_t WeakMemory::load(Thread& thread, Place place, Order order) {
  Location* found = location(thread, place);
  if (found == nullptr) return place.value();
  const std::uint32_t index = index_of(*found);
  std::uint32_t oldest = seen(thread).now.at(index);
  if (order.is_sequential() && memory_->sequential.at(index) > oldest)
    oldest = memory_->sequential.at(index);
  if (oldest < found->first) oldest = found->first;
  std::uint8_t& old_loads = found->old_loads[thread.id];
  if (old_loads >= most_old_loads) oldest = found->last;
  const std::uint32_t back = scheduler.choose(thread, found->last - oldest + 1);
  old_loads = back == 0 ? 0 : static_cast<std::uint8_t>(old_loads + 1);
  const std::uint32_t store = found->last - back;
  take(thread, *found, store, order);
  return found->at(store).value;
}

void WeakMemory::load_last(const Thread& thread, Place place, Order order) {
  if (Location* found = location(thread, place)) take(thread, *found, found->last, order);
}

// What stood there before the first store is a value that can be seen.
void WeakMemory::before_store(const Thread& thread, Place place) { location(thread, place); }

void WeakMemory::put(const Thread& thread, Location& location, Place place, Order order,
                     bool updates) {
  Seen& mine = seen(thread);
  const std::uint32_t index = index_of(location);
  const std::uint32_t before = location.last++;
  if (location.last - location.first >= most_stores) ++location.first;
  Store& made = location.at(location.last);
  made.value = place.value();
  mine.now.see(index, location.last);
  made.view.copy(order.releases() ? mine.now : mine.released);
  made.view.see(index, location.last);
  if (updates) made.view.join(location.at(before).view);  // it goes on with the release sequence
  if (order.is_sequential()) memory_->sequential.see(index, location.last);
}

void WeakMemory::store(const Thread& thread, Place place, Order order) {
  Location* found = find(number(place.address));
  if (found != nullptr && found->size == place.size) put(thread, *found, place, order, false);
}

void WeakMemory::update(const Thread& thread, Place place, Order order) {
  Location* found = find(number(place.address));
  if (found == nullptr || found->size != place.size) return;
  take(thread, *found, found->last, order);
  put(thread, *found, place, order, true);
}

void WeakMemory::fence(const Thread& thread, Order order) {
  Seen& mine = seen(thread);
  if (order.acquires()) mine.now.join(mine.acquired);
  if (order.is_sequential()) synchronise(thread, memory_->sequential);
  if (order.releases()) mine.released.copy(mine.now);
}

void WeakMemory::forget(const volatile void* begin, std::size_t size) {
  const std::uintptr_t from = number(begin);
  if (size <= sizeof(std::uint64_t)) {
    for (std::uintptr_t address = from; address < from + size; ++address) {
      if (Location* found = find(address)) found->first = found->last + 1;
    }
    return;
  }
  for (std::uint32_t i = 0; i < location_count_; ++i) {
    Location& location = memory_->locations[i];
    if (location.address >= from && location.address - from < size)
      location.first = location.last + 1;
  }
}

}  // namespace redflag::explorer
