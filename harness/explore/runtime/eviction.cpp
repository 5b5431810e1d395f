#include "explore/runtime/eviction.h"

#include "explore/runtime/next.h"

namespace redflag::explorer {
namespace {

constexpr std::uint64_t kept = 4;  // accesses of a word
constexpr std::uint64_t most_left = 32;

}  // namespace

void begin_evicting(Thread& self) {
  const std::uint32_t eviction = scheduler.page()->spec.eviction;
  self.accesses_left = 0;
  if (eviction == 0) return;
  self.eviction = Dice(eviction + (std::uint64_t{self.id} << 32U));
  for (std::uint64_t more = self.eviction.below(kept); more > 0; --more) see_another(self);
  self.accesses_left = 1 + static_cast<std::uint32_t>(self.eviction.below(most_left));
}

void see_another(Thread& self) {
  self.accesses_left = 1 + static_cast<std::uint32_t>(self.eviction.below(most_left));
  // Of nothing that anybody else accesses; one like the last would not count.
  self.evicting = (self.evicting + 1) % sizeof self;
  tell_use(reinterpret_cast<char*>(&self) + self.evicting, __builtin_return_address(0));
}

}  // namespace redflag::explorer
