// What waiting has to do with pthread_cancel().
#pragma once

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// Whether the thread is to end instead of doing what it is about to do.
bool is_cancelled(const Thread& thread);

/// Ends the calling thread if so: does not return then.
void end_if_cancelled(const Thread& self);

}  // namespace redflag::explorer
