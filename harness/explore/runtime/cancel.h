// What waiting has to do with pthread_cancel().
#pragma once

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// Whether the thread is to end instead of doing what it is about to do.
bool is_cancelled(const Thread& thread);

/// Ends the calling thread if so, and does not return; but for one that is about to end already:
/// then true.
bool end_if_cancelled(Thread& self);

}  // namespace redflag::explorer
