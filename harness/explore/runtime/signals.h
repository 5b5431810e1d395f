// Signals that the threads of the program send each other.
#pragma once

#include <cstdint>

namespace redflag::explorer {

struct Thread;

/// Raises those of `signals` (bit n-1: signal n) in the calling thread, which runs their handlers.
/// Whether a call that waits is then made again: all handlers have SA_RESTART.
bool raise_signals(std::uint64_t signals);

/// Whether a signal is pending for the calling thread that `mask` lets through to a handler.
bool has_pending_handler(const Thread& self, std::uint64_t mask);

}  // namespace redflag::explorer
