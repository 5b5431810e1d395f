// ThreadSanitizer keeps a few accesses of each word of memory. Which it forgets where there are
// more depends on how many it has seen of the thread. Where one schedule is always one execution it
// would always be the same one, and a race with it never told.
#pragma once

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// Begins to vary that in the calling thread, `self`, which has just begun: how, Spec::eviction
/// says.
void begin_evicting(Thread& self);

/// Lets it see one more access of `self`.
void see_another(Thread& self);

/// Before each access: lets it see another one before some.
inline void vary_eviction() {
  Thread* self = current_thread;
  if (self != nullptr && self->accesses_left != 0 && --self->accesses_left == 0) [[unlikely]]
    see_another(*self);
}

}  // namespace redflag::explorer
