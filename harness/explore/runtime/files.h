// Waiting for what comes from outside of the program.
#pragma once

namespace redflag::explorer {

class Scheduler;
struct Thread;

/// Whether one of the events that a thread at Action::file_wait waits for has come: `word` holds
/// the descriptor in the lower and poll()'s events in the upper half.
bool file_is_ready(const Thread& thread, bool late);

/// When nobody inside can go on (or, if `brief`, only by letting virtual time run): waits for real
/// until a file is ready or a thread returns. `outside`: some thread may return. Whether to look
/// again; false at once if there is nothing to wait for here.
bool await_outside(Scheduler& all, bool outside, bool brief);

}  // namespace redflag::explorer
