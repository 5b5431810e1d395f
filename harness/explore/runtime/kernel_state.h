// What the kernel says of a thread.
#pragma once

namespace redflag::explorer {

/// Whether the thread sleeps in the kernel.
bool is_blocked(int kernel_id);

/// Whether one of `signals` (bit n-1: signal n) is pending for the thread.
bool has_pending_signal(int kernel_id, unsigned long signals);

/// Whether the thread's mask holds `signal` back.
bool blocks_signal(int kernel_id, int signal);

/// The number of the system call that a blocked thread is in; -1 if that is not known.
long system_call_of(int kernel_id);

}  // namespace redflag::explorer
