// Waiting for what comes from outside of the program.
#pragma once

#include <poll.h>

#include <cstddef>

namespace redflag::explorer {

class Scheduler;
struct Thread;

/// The files that a thread at Action::file_wait waits for: its `word` is the address of this.
struct FileSet {
  pollfd* files;  ///< with the events that are waited for
  std::size_t size;
};

/// Whether one of the events has come.
bool is_ready(const FileSet& set);

/// A Ready: one of the events has come, time is over, or a signal was handled.
bool files_are_ready(const Thread& thread, bool late);

/// When nobody inside can go on (or, if `brief`, only by letting virtual time run): waits for real
/// until a file is ready or a thread returns. A thread that waits for a signal may get it from
/// a timer or a child. `outside`: some thread may return. Whether to look again; false at once if
/// there is nothing to wait for here.
bool await_outside(Scheduler& all, bool outside, bool brief);

}  // namespace redflag::explorer
