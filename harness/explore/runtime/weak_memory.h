// Weak memory: a load of an atomic may give a value older than the last, if nothing that its thread
// has synchronised with rules that out. Which one is a choice of the schedule.
//
// The model is that of C++20 by views, without what needs a look into the future: stores take
// effect in the order of the schedule and updates see the last one, so that load buffering and 2+2W
// do not show (Kang et al., POPL 2017, less promises). Where it is not sure it synchronises: it may
// miss a behaviour, and shows none that the standard rules out.
#pragma once

#include <cstddef>
#include <cstdint>

#include "explore/runtime/scheduler.h"
#include "explore/runtime/view.h"

namespace redflag::explorer {

/// An atomic object in memory, of at most 8 bytes.
struct Place {
  const volatile void* address;
  std::size_t size;

  /// What stands there now.
  [[nodiscard]] std::uint64_t value() const;
};

/// The order of an atomic operation, as the compilers number std::memory_order.
struct Order {
  int number;

  [[nodiscard]] bool acquires() const { return number != 0 && number != 3; }
  [[nodiscard]] bool releases() const { return number >= 3; }
  [[nodiscard]] bool is_sequential() const { return number == 5; }
};

/// Not thread-safe: used by the thread that runs.
class WeakMemory {
 public:
  /// Forgets all. Off: every load gives the last value, and nothing here is to be called.
  void begin(bool on);
  [[nodiscard]] bool on() const { return on_; }

  /// `thread` goes on with its operation, which may synchronise it with others.
  void pass(const Thread& thread);
  /// `child` begins behind all that `parent` has seen.
  void create(const Thread& parent, const Thread& child);
  /// What `thread` has seen, whoever does acquire() of that object sees too.
  void release(const Thread& thread, const volatile void* object);
  void acquire(const Thread& thread, const volatile void* object);

  void fence(const Thread& thread, Order order);
  /// The value that a load gives.
  std::uint64_t load(Thread& thread, Place place, Order order);
  /// Before a store is made, and after it.
  void before_store(const Thread& thread, Place place);
  void store(const Thread& thread, Place place, Order order);
  /// After an update, which saw the last value. `before_store()` comes before it too.
  void update(const Thread& thread, Place place, Order order);
  /// After an update that failed: a load of the last value.
  void load_last(const Thread& thread, Place place, Order order);
  /// An operation on what is too large to be followed.
  void pass_unfollowed(const Thread& thread);

  /// Plain writes, or other objects, have come to stand there.
  void forget(const volatile void* begin, std::size_t size);

 private:
  static constexpr std::uint32_t most_threads = 128;
  static constexpr std::uint32_t most_stores = 8;     // that a location remembers
  static constexpr std::uint32_t most_objects = 256;  // that are no atomics
  static constexpr std::uint32_t slots = 1024;        // of hash tables, a power of two

  struct Store {
    std::uint64_t value;
    View view;  // of who acquires it
  };
  struct Location {
    std::uintptr_t address;
    std::size_t size;
    std::uint32_t first;                   // the oldest store that is remembered
    std::uint32_t last;                    // the last; below `first`: none is
    std::uint8_t old_loads[most_threads];  // in a row that gave an old value
    Store stores[most_stores];             // by number, around
    Store& at(std::uint32_t store) { return stores[store % most_stores]; }
  };
  struct Seen {  // by a thread
    View now;
    View acquired;  // by the next fence that acquires
    View released;  // by the last fence that released
    void clear() {
      now.clear();
      acquired.clear();
      released.clear();
    }
  };
  struct Object {
    std::uintptr_t address;
    View view;
  };
  struct Memory {
    Seen threads[most_threads];
    Location locations[View::most_locations];
    Object objects[most_objects];
    View sequential;                      // of sequentially consistent operations
    View rest;                            // of all that has no place of its own
    std::uint16_t location_slots[slots];  // 1 + index; 0: free
    std::uint16_t object_slots[slots];
  };

  static std::uint32_t hash(std::uintptr_t address);
  Seen& seen(const volatile Thread& thread);
  Location* location(const Thread& thread, Place place);
  Location* find(std::uintptr_t address);
  Location* add(Place place);
  void restart(Location& location, bool by_others);
  View& view_of(const volatile void* object);
  void synchronise(const Thread& thread, View& view);
  void take(const Thread& thread, Location& location, std::uint32_t store, Order order);
  void put(const Thread& thread, Location& location, Place place, Order order, bool updates);
  [[nodiscard]] std::uint32_t index_of(const Location& location) const;

  bool on_ = false;
  Memory* memory_ = nullptr;
  std::uint32_t thread_count_ = 0;  // of each of these, what is in use
  std::uint32_t location_count_ = 0;
  std::uint32_t object_count_ = 0;
};

extern constinit WeakMemory weak_memory;

}  // namespace redflag::explorer
