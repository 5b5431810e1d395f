// What the kernel says of a thread.
#pragma once

#include <cstdint>

namespace redflag::explorer {

/// Whether the thread sleeps in the kernel.
bool is_blocked(int kernel_id);

/// The signals that are pending for the thread: bit n-1 is signal n.
std::uint64_t pending_signals(int kernel_id);

/// Whether the thread's mask holds `signal` back.
bool blocks_signal(int kernel_id, int signal);

/// The number of the system call that a blocked thread is in; -1 if that is not known.
long system_call_of(int kernel_id);

}  // namespace redflag::explorer
