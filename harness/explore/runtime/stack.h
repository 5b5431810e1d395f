// Stacks of the calling thread.
#pragma once

#include "explore/page.h"

namespace redflag::explorer {

/// Notes where the calling thread stands, innermost frame first, the runtime's own included.
void fill_stack(StackTrace& stack);

/// The same in Page::stacks; its index there, no_stack if the page is full.
std::uint32_t note_stack(Page& page);

/// Tells the page which files are mapped where, so that addresses can be given names later.
void note_modules(Page& page);

}  // namespace redflag::explorer
