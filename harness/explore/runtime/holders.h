// Who has what a thread waits for.
#pragma once

#include <cstdint>

namespace redflag::explorer {

struct Thread;

/// The number of the thread that `waiter` waits for, or -1 if that is nobody in particular.
std::int32_t holder_of(const Thread& waiter);

}  // namespace redflag::explorer
