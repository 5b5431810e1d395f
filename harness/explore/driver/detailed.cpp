#include "explore/driver/detailed.h"

namespace redflag {

Detailed run_in_detail(ForkServer& named, ForkServer* stacked, explorer::Spec spec,
                       std::span<const std::uint16_t> steps) {
  spec.stacks = stacked == nullptr ? 1 : 0;
  Detailed detailed{named.run(spec, steps), &named.page()};
  if (stacked == nullptr || detailed.execution.interrupted || !detailed.execution.hang.empty())
    return detailed;
  spec.stacks = 1;
  try {
    stacked->run(spec, steps);
  } catch (const CannotExplore&) {
    return detailed;  // the machine may be busy, and what was found is not to be lost
  }
  const explorer::Page& page = stacked->page();
  if (page.hash == detailed.page->hash && page.end == detailed.page->end) detailed.page = &page;
  return detailed;
}

}  // namespace redflag
