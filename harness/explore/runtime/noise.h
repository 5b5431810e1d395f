// The strategy noise: threads run in parallel and nobody controls them, but at the points where the
// explorer would, they are delayed now and then.
#pragma once

#include <atomic>

#include "explore/page.h"

namespace redflag::explorer {

/// Whether noise is made. Asked at every call of a shim by a thread that is not controlled.
extern constinit std::atomic<bool> noisy;

/// Delays the calling thread, or, most often, does not.
void make_noise();

/// Begins an execution with noise by `page.spec`, instead of Scheduler::begin().
void begin_noise(Page& page);
/// Ends it.
void end_noise();
/// The page, while noise is made.
Page* noise_page();

}  // namespace redflag::explorer
