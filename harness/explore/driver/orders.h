// What the runtime is told before an execution.
#pragma once

#include <cstdint>
#include <span>

#include "explore/page.h"

namespace redflag {

/// Puts onto the page how the next execution is to be scheduled, the prefix that it is to follow,
/// and which plain accesses of memory are steps. What does not fit onto the page is left out.
void give_orders(explorer::Page& page, const explorer::Spec& spec,
                 std::span<const std::uint16_t> prefix,
                 std::span<const explorer::CodePlace> racing);

}  // namespace redflag
