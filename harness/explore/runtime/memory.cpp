// Plain accesses of memory in a program built with ThreadSanitizer: calls of these functions. Only
// those that raced before are steps, for all would be very many, and between two steps that order
// them the others can be in one order only. They end in a jump to the real one, so that its reports
// have the program's own line. Copies of whole objects (ranges) are no steps.
#include "explore/runtime/memory.h"

#include <cstdint>

#include "explore/runtime/next.h"
#include "explore/runtime/wrap.h"

namespace redflag::explorer {
namespace {

constinit std::uint64_t racing[Page::most_racing] = {};  // addresses that calls return to
constinit std::uint32_t racing_count = 0;
constinit std::uint64_t lowest = ~std::uint64_t{0};
constinit std::uint64_t highest = 0;

[[gnu::noinline]] void step_if_racing(Action action, const volatile void* object,
                                      const void* caller) {
  const auto address = reinterpret_cast<std::uint64_t>(caller);
  bool found = false;
  for (std::uint32_t i = 0; i < racing_count && !found; ++i) found = racing[i] == address;
  if (!found) return;
  if (Thread* self = controlled())
    scheduler.step(*self, {action, ObjectType::location, object, caller});
}

inline bool may_be_racing(const void* caller) {
  const auto address = reinterpret_cast<std::uint64_t>(caller);
  return address >= lowest && address <= highest;
}

}  // namespace

void take_racing(const Page& page) {
  racing_count = 0;
  lowest = ~std::uint64_t{0};
  highest = 0;
  for (std::uint32_t i = 0; i < page.racing_count && i < Page::most_racing; ++i) {
    if (page.racing[i].module >= page.module_count) continue;
    const std::uint64_t address =
        page.modules[page.racing[i].module].base + page.racing[i].offset + 1;
    racing[racing_count++] = address;
    if (address < lowest) lowest = address;
    if (address > highest) highest = address;
  }
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

#define REDFLAG_ACCESS(name, action)                          \
  REDFLAG_REAL(void, name, (void* object))                    \
  REDFLAG_SHIM void REDFLAG_OURS(name)(void* object);         \
  REDFLAG_SHIM void REDFLAG_OURS(name)(void* object) {        \
    if (may_be_racing(REDFLAG_CALLER)) [[unlikely]]           \
      step_if_racing(Action::action, object, REDFLAG_CALLER); \
    return real_##name()(object);                             \
  }

#define REDFLAG_ACCESSES(size)                   \
  REDFLAG_ACCESS(__tsan_read##size, memory_read) \
  REDFLAG_ACCESS(__tsan_write##size, memory_write)

REDFLAG_ACCESSES(1)
REDFLAG_ACCESSES(2)
REDFLAG_ACCESSES(4)
REDFLAG_ACCESSES(8)
REDFLAG_ACCESSES(16)
REDFLAG_ACCESS(__tsan_unaligned_read2, memory_read)
REDFLAG_ACCESS(__tsan_unaligned_read4, memory_read)
REDFLAG_ACCESS(__tsan_unaligned_read8, memory_read)
REDFLAG_ACCESS(__tsan_unaligned_read16, memory_read)
REDFLAG_ACCESS(__tsan_unaligned_write2, memory_write)
REDFLAG_ACCESS(__tsan_unaligned_write4, memory_write)
REDFLAG_ACCESS(__tsan_unaligned_write8, memory_write)
REDFLAG_ACCESS(__tsan_unaligned_write16, memory_write)

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)
