// Names for objects: by type, numbered in the order of first use. An address never gets out of
// here, because it differs between two runs of one schedule.
#pragma once

#include <cstddef>
#include <cstdint>

#include "explore/page.h"

namespace redflag::explorer {

/// Not thread-safe: used by the thread that runs.
class Objects {
 public:
  /// Forgets all. `page` gets the names from now on.
  void begin(Page& page);
  /// The index in Page::objects of the object of that type at `address`; a new one if it was not
  /// seen before.
  std::uint32_t index_of(ObjectType type, const volatile void* address);
  /// The object is gone or made anew: what comes to stand at its address is another one.
  void forget(const volatile void* address);

 private:
  static constexpr std::size_t slots = Page::most_objects * 2;  // a power of two
  struct Slot {
    std::uintptr_t address;
    std::uint32_t index;
    std::uint32_t execution;  // a slot of an earlier execution is free
    ObjectType type;
  };
  Slot* first_slot(std::uintptr_t address);
  Slot* next_slot(Slot* slot);

  Page* page_ = nullptr;
  Slot* table_ = nullptr;
  std::uint32_t execution_ = 0;
  std::uint32_t numbers_[32] = {};
};

}  // namespace redflag::explorer
