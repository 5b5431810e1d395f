// What each child of the fork server would do anew, done once before they are forked.
#pragma once

namespace redflag::explorer {

/// For a process with one thread. Not for one that is itself to run the program.
void warm_up();

}  // namespace redflag::explorer
