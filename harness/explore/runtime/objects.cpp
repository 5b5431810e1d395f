#include "explore/runtime/objects.h"

#include <sys/mman.h>

#include "explore/runtime/raw.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {

void Objects::begin(Page& page) {
  page_ = &page;
  if (table_ == nullptr)
    table_ = reinterpret_cast<Slot*>(raw::call(SYS_mmap, 0, static_cast<long>(slots * sizeof(Slot)),
                                               PROT_READ | PROT_WRITE,
                                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  ++execution_;
  clear(numbers_);
  page.objects[0] = {ObjectType::none, 0, 0};
  page.object_count = 1;
}

// The slots of one address stand in one row of slots in use, whatever the types.
Objects::Slot* Objects::first_slot(std::uintptr_t address) {
  return &table_[(address * 0x9e3779b97f4a7c15 >> 32U) & (slots - 1)];
}

Objects::Slot* Objects::next_slot(Slot* slot) {
  return slot + 1 == table_ + slots ? table_ : slot + 1;
}

std::uint32_t Objects::index_of(ObjectType type, const volatile void* address) {
  if (type == ObjectType::none || address == nullptr) return 0;
  const auto number = reinterpret_cast<std::uintptr_t>(address);
  std::uint32_t place = 0;
  Slot* mine = nullptr;
  Slot* slot = first_slot(number);
  for (; slot->execution == execution_; slot = next_slot(slot)) {
    if (slot->address != number) continue;
    if (slot->type == type) mine = slot;
    if (slot->index == 0) continue;
    if (slot->type == type) return slot->index;
    place = page_->objects[slot->index].place;
  }
  if (mine == nullptr) mine = slot;
  if (page_->object_count >= Page::most_objects) return 0;
  const std::uint32_t index = page_->object_count++;
  *mine = {number, index, execution_, type};
  page_->objects[index] = {type, ++numbers_[static_cast<std::size_t>(type)],
                           place != 0 ? place : index};
  return index;
}

void Objects::forget(const volatile void* address) {
  if (table_ == nullptr) return;
  const auto number = reinterpret_cast<std::uintptr_t>(address);
  for (Slot* slot = first_slot(number); slot->execution == execution_; slot = next_slot(slot)) {
    if (slot->address == number) slot->index = 0;
  }
}

}  // namespace redflag::explorer
