#include "explore/runtime/eviction.h"

#include "explore/runtime/next.h"

namespace redflag::explorer {
namespace {

constexpr std::uint64_t kept = 4;  // accesses of a word
// Often is slow, but tells much more where many accesses to a word follow each other.
constexpr std::uint32_t often = 3;
constexpr std::uint32_t seldom = 32;
constexpr std::uint64_t often_in = 4;  // threads, one

}  // namespace

void begin_evicting(Thread& self) {
  const std::uint32_t eviction = scheduler.page()->spec.eviction;
  self.accesses_left = 0;
  if (eviction == 0) return;
  self.eviction = Dice(eviction + (std::uint64_t{self.id} << 32U));
  self.most_left = self.eviction.below(often_in) == 0 ? often : seldom;
  for (std::uint64_t more = 1 + self.eviction.below(kept); more > 0; --more) see_another(self);
}

void see_another(Thread& self) {
  self.accesses_left = 1 + static_cast<std::uint32_t>(self.eviction.below(self.most_left));
  // Of nothing that anybody else accesses; one like the last would not count.
  self.evicting = (self.evicting + 1) % sizeof self;
  tell_use(reinterpret_cast<char*>(&self) + self.evicting, __builtin_return_address(0));
}

}  // namespace redflag::explorer
