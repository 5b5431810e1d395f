// The same execution with fewer interruptions.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/page.h"

namespace redflag {

/// The steps of the page's execution, as in Page::prefix, in an order in which threads are
/// interrupted as little as could be found without another happens-before relation: what depends on
/// each other keeps its order. The fewest of all such orders, as far as can be told without running
/// them, if there are not too many to look at.
std::vector<std::uint16_t> with_fewest_interruptions(const explorer::Page& page);

}  // namespace redflag
