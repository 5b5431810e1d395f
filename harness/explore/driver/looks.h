// Whether threads get anywhere.
#pragma once

#include <cstdint>

#include "explore/page.h"

namespace redflag {

/// Whether the second half of the execution's steps changed nothing, as far as can be seen: threads
/// looked, gave way, slept, or did once more what they had just done.
bool only_looks(const explorer::Page& page);

/// How many steps an execution gets that does more than that, once it has had `steps`.
std::uint64_t more_steps(std::uint64_t steps);

}  // namespace redflag
