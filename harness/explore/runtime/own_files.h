// Files that only the program itself can make ready. To wait for one of them when all others wait
// too is a deadlock, and there is no need to wait for real to see it.
#pragma once

#include <poll.h>

#include <cstddef>

namespace redflag::explorer {

/// Forgets those of the execution before.
void forget_own_files();

/// Somebody whom the explorer does not know may have got any of them: another process, the kernel.
void give_files_away();

/// A call by number may be one that does so.
void note_system_call(long number);

/// Whether all are pipes, pairs of sockets or event counters that the execution made and that no
/// other process can have, or sets of epoll with nothing but such ones. Errs towards no.
bool are_own(const pollfd* files, std::size_t size);

}  // namespace redflag::explorer
