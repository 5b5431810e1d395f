// The end of threads.
#pragma once

namespace redflag::explorer {

struct Thread;

/// Lets the scheduler know when the calling thread, `self`, is really over.
void watch_thread_end(Thread& self);

}  // namespace redflag::explorer
