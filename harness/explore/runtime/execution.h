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

/// Takes the driver's orders from `in` and answers them on `out`. Returns in a child that is to
/// execute: one child an order, forked from here, where the program is loaded and has not begun. If
/// `children_take_orders`, they go on where this process stops (see next_execution()).
void serve(int in, int out, bool children_take_orders);

/// As serve() for a process that is itself such a child.
void take_orders(int in, int out);

}  // namespace redflag::explorer
