// Notes on the status page how the program died.
#pragma once

#include "process/status_page.h"

namespace redflag {

/// From now on std::terminate, abort and (where no sanitizer reports them) fatal signals leave
/// their cause and the dying thread's stack on `page`; then the program dies as it would have.
void note_death_on(StatusPage& page);

}  // namespace redflag
