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
  page.objects[0] = {ObjectType::none, 0};
  page.object_count = 1;
}

Objects::Slot* Objects::slot_of(std::uintptr_t address) {
  std::uint64_t hash = address * 0x9e3779b97f4a7c15;
  for (std::size_t i = hash >> 32U;; ++i) {
    Slot& slot = table_[i & (slots - 1)];
    if (slot.execution != execution_ || slot.address == address) return &slot;
  }
}

std::uint32_t Objects::index_of(ObjectType type, const volatile void* address) {
  if (type == ObjectType::none || address == nullptr) return 0;
  Slot& slot = *slot_of(reinterpret_cast<std::uintptr_t>(address));
  const bool known = slot.execution == execution_;
  if (known && slot.type == type && slot.index != 0) return slot.index;
  if (page_->object_count >= Page::most_objects) return 0;
  const std::uint32_t index = page_->object_count++;
  slot = {reinterpret_cast<std::uintptr_t>(address), index, execution_, type};
  page_->objects[index] = {type, ++numbers_[static_cast<std::size_t>(type)]};
  return index;
}

void Objects::forget(const volatile void* address) {
  if (table_ == nullptr) return;
  Slot& slot = *slot_of(reinterpret_cast<std::uintptr_t>(address));
  if (slot.execution == execution_) slot.index = 0;
}

}  // namespace redflag::explorer
