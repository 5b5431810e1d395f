// Where the program died, for the page.
#pragma once

#include <cstdint>

namespace redflag::explorer {

/// From now on, where the program crashes is noted, too. For programs without a sanitizer, which
/// would say it.
void note_crashes();

/// If `handler` is what does so, it is taken away from `signal`. Whether it was.
bool leave_crashes_alone(std::uintptr_t handler, int signal);

/// The calling thread is about to end the process; where, if with an exit code other than 0.
void note_exit(int code);

}  // namespace redflag::explorer
