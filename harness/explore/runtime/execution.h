// One execution after the other, as the driver orders them.
#pragma once

#include "explore/page.h"

namespace redflag::explorer {

/// The driver's page; null if nobody explores.
extern constinit Page* page;

/// Whether the program says itself where an execution begins and ends.
extern constinit bool inside;

/// Begins an execution by the page's spec.
void begin_execution();

/// Takes the driver's requests from `in` and answers them on `out`. Returns in a child that is to
/// execute: one child a request, forked from here, where the program is loaded and has not begun.
/// If the program says itself where an execution begins, they go on where this process stops (see
/// redflag_explore_next()). `alone`: this process has no other thread.
void serve(int in, int out, bool alone);

/// As serve() for a process that is itself such a child.
void take_requests(int in, int out);

}  // namespace redflag::explorer
