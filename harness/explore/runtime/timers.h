// Timers of the system, which go by real time and send signals.
#pragma once

namespace redflag::explorer {

/// Forgets those of the execution before.
void forget_timers();

/// Whether the program has one: a signal may come that nobody inside sends.
bool has_timers();

}  // namespace redflag::explorer
