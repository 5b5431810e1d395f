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

/// Whether `caller` is code of the unwinder, which locks and calls pthread_once() when an exception
/// is thrown or a stack is printed: that is nothing that the program does. Only if it is a library
/// of its own. After note_modules().
bool is_unwinder(const void* caller);

}  // namespace redflag::explorer
