// Processes that the program makes. They run free, each by itself.
#pragma once

namespace redflag::explorer {

class Scheduler;

/// Forgets those of the execution before.
void forget_children();

/// When nobody inside can go on: a child may still change what is in memory that it shares. Waits
/// for a moment. Whether to look again: there is one that has not ended.
bool await_children();

}  // namespace redflag::explorer
