// Plain accesses of memory that are steps.
#pragma once

#include "explore/page.h"

namespace redflag::explorer {

/// From now on the page's racing accesses are steps, and no others. After note_modules().
void take_racing(const Page& page);

}  // namespace redflag::explorer
