#include "explore/runtime/eviction.h"

#include "explore/runtime/dice.h"
#include "explore/runtime/next.h"

namespace redflag::explorer {

void vary_eviction(const Thread& self) {
  constexpr std::uint64_t kept = 4;  // accesses of a word
  const std::uint32_t eviction = scheduler.page()->spec.eviction;
  if (eviction == 0) return;
  const std::uint64_t more = mixed(eviction + (std::uint64_t{self.id} << 32U)) % kept;
  // Of nothing that anybody else accesses; equal ones would not count.
  const char* const own = reinterpret_cast<const char*>(&self);
  for (std::uint64_t i = 0; i < more; ++i)
    tell_use(const_cast<char*>(own) + i, __builtin_return_address(0));
}

}  // namespace redflag::explorer
