// Plain accesses of memory in a program built with ThreadSanitizer: calls of these functions. Only
// those that raced before are steps, for all would be very many, and between two steps that order
// them the others can be in one order only; and what is done to the same memory later in the same
// execution, for ThreadSanitizer does not tell of a second access that is like the first. They end
// in a jump to the real one, so that its reports have the program's own line. Copies of whole
// objects (ranges) are no steps.
#include "explore/runtime/memory.h"

#include <cstdint>

#include "explore/runtime/eviction.h"
#include "explore/runtime/next.h"
#include "explore/runtime/weak_memory.h"
#include "explore/runtime/wrap.h"

namespace redflag::explorer {
namespace {

// Some addresses, and what most others are told from them by.
class Addresses {
 public:
  void clear() {
    count_ = 0;
    lowest_ = ~std::uint64_t{0};
    highest_ = 0;
  }
  void add(std::uint64_t address) {
    if (count_ == Page::most_racing || contains(address)) return;
    all_[count_++] = address;
    if (address < lowest_) lowest_ = address;
    if (address > highest_) highest_ = address;
  }
  [[nodiscard]] bool may_contain(std::uint64_t address) const {
    return address >= lowest_ && address <= highest_;
  }
  [[nodiscard]] bool contains(std::uint64_t address) const {
    for (std::uint32_t i = 0; i < count_; ++i)
      if (all_[i] == address) return true;
    return false;
  }

 private:
  std::uint64_t lowest_ = ~std::uint64_t{0};
  std::uint64_t highest_ = 0;
  std::uint32_t count_ = 0;
  std::uint64_t all_[Page::most_racing] = {};
};

// What the steps of this execution accessed. The search tells locations apart by where they begin:
// of two that overlap and are not the same it would think that they have nothing to do with each
// other.
class Ranges {
 public:
  void clear() { count_ = 0; }
  /// Whether it overlaps another one, or there is no room to know.
  bool add_overlapping(std::uint64_t begin, std::size_t size) {
    bool overlaps = false;
    for (std::uint32_t i = 0; i < count_; ++i) {
      const Range& other = all_[i];
      if (other.begin == begin && other.size == size) return false;
      overlaps |= begin < other.begin + other.size && other.begin < begin + size;
    }
    if (count_ == most) return true;
    all_[count_++] = {begin, size};
    return overlaps;
  }

 private:
  static constexpr std::uint32_t most = 256;
  struct Range {
    std::uint64_t begin;
    std::size_t size;
  };
  std::uint32_t count_ = 0;
  Range all_[most] = {};
};

constinit Addresses racing;  // that calls return to
constinit Addresses raced;   // words that they accessed in this execution
constinit Ranges accessed;

std::uint64_t number(const volatile void* place) { return reinterpret_cast<std::uint64_t>(place); }
std::uint64_t word_of(const volatile void* object) { return number(object) / 8; }

[[gnu::noinline]] void step_if_racing(Action action, const volatile void* object, std::size_t size,
                                      const void* caller) {
  Thread* self = controlled();
  if (self == nullptr) return;
  const bool first = racing.contains(number(caller));
  if (!first && !raced.contains(word_of(object))) return;
  // Nobody is there to come between: a step would tell of nothing, least of all where other
  // variables have come to stand at a place that raced.
  if (!scheduler.alone()) {
    if (accessed.add_overlapping(number(object), size)) scheduler.page()->all_depend = 1;
    scheduler.step(*self, {action, ObjectType::location, object, caller});
  }
  if (first) raced.add(word_of(object));
}

// An atomic that is written plainly begins a new life.
[[gnu::noinline]] void forget(const volatile void* object, std::size_t size) {
  if (controlled() != nullptr) weak_memory.forget(object, size);
}

inline bool may_be_racing(const void* object, const void* caller) {
  return racing.may_contain(number(caller)) || raced.may_contain(word_of(object));
}

}  // namespace

void take_racing(const Page& page) {
  racing.clear();
  raced.clear();
  accessed.clear();
  for (std::uint32_t i = 0; i < page.racing_count && i < Page::most_racing; ++i) {
    if (page.racing[i].module >= page.module_count) continue;
    racing.add(page.modules[page.racing[i].module].base + page.racing[i].offset + 1);
  }
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

#define REDFLAG_ACCESS(name, action, size)                                       \
  REDFLAG_REAL(void, name, (void* object))                                       \
  REDFLAG_SHIM void REDFLAG_OURS(name)(void* object);                            \
  REDFLAG_SHIM void REDFLAG_OURS(name)(void* object) {                           \
    if (may_be_racing(object, REDFLAG_CALLER)) [[unlikely]]                      \
      step_if_racing(Action::action, object, size, REDFLAG_CALLER);              \
    if (Action::action == Action::memory_write && weak_memory.on()) [[unlikely]] \
      forget(object, size);                                                      \
    vary_eviction();                                                             \
    return real_##name()(object);                                                \
  }

#define REDFLAG_ACCESSES(size)                         \
  REDFLAG_ACCESS(__tsan_read##size, memory_read, size) \
  REDFLAG_ACCESS(__tsan_write##size, memory_write, size)

REDFLAG_ACCESSES(1)
REDFLAG_ACCESSES(2)
REDFLAG_ACCESSES(4)
REDFLAG_ACCESSES(8)
REDFLAG_ACCESSES(16)
REDFLAG_ACCESS(__tsan_unaligned_read2, memory_read, 2)
REDFLAG_ACCESS(__tsan_unaligned_read4, memory_read, 4)
REDFLAG_ACCESS(__tsan_unaligned_read8, memory_read, 8)
REDFLAG_ACCESS(__tsan_unaligned_read16, memory_read, 16)
REDFLAG_ACCESS(__tsan_unaligned_write2, memory_write, 2)
REDFLAG_ACCESS(__tsan_unaligned_write4, memory_write, 4)
REDFLAG_ACCESS(__tsan_unaligned_write8, memory_write, 8)
REDFLAG_ACCESS(__tsan_unaligned_write16, memory_write, 16)

REDFLAG_ACCESS(__tsan_vptr_read, memory_read, 8)

REDFLAG_REAL(void, __tsan_vptr_update, (void* object, void* value))
REDFLAG_SHIM void REDFLAG_OURS(__tsan_vptr_update)(void* object, void* value);
REDFLAG_SHIM void REDFLAG_OURS(__tsan_vptr_update)(void* object, void* value) {
  if (may_be_racing(object, REDFLAG_CALLER)) [[unlikely]]
    step_if_racing(Action::memory_write, object, sizeof object, REDFLAG_CALLER);
  vary_eviction();
  return real___tsan_vptr_update()(object, value);
}

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)
