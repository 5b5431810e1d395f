// Signals that the threads of the program send each other.
#pragma once

#include <cstdint>

namespace redflag::explorer {

/// Raises those of `signals` (bit n-1: signal n) in the calling thread, which runs their handlers.
/// Whether a call that waits is then made again: all handlers have SA_RESTART.
bool raise_signals(std::uint64_t signals);

}  // namespace redflag::explorer
