// An execution again, with all that costs time: the sanitizer's names, and stacks.
#pragma once

#include <cstdint>
#include <span>

#include "explore/driver/fork_server.h"
#include "explore/page.h"

namespace redflag {

struct Detailed {
  Execution execution;
  const explorer::Page* page =
      nullptr;  ///< of one of the servers: how it went, until it runs again
};

/// Runs those steps in `named`, and then in `stacked` with the whole stack noted at every step. To
/// note a stack calls functions that ThreadSanitizer sees: it then forgets other accesses, and a
/// race may not show. So the report is that of the first run. The page is that of the second if
/// both took the same steps, else, or if the first was ended from outside, that of the first.
/// Without `stacked` the first run notes them. Throws CannotExplore if `named` is gone.
Detailed run_in_detail(ForkServer& named, ForkServer* stacked, explorer::Spec spec,
                       std::span<const std::uint16_t> steps);

}  // namespace redflag
