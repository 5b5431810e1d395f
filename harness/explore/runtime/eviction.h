// ThreadSanitizer keeps a few accesses of each word of memory. Which it forgets where there are
// more depends on how many it has seen of the thread. Where one schedule is always one execution it
// would always be the same one, and a race with it never told.
#pragma once

namespace redflag::explorer {

struct Thread;

/// Lets it see some more accesses of the calling thread, which has just begun: how many,
/// Spec::eviction says.
void vary_eviction(const Thread& self);

}  // namespace redflag::explorer
