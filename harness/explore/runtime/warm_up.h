// What each child of the fork server would do anew, done once before they are forked.
#pragma once

namespace redflag::explorer {

/// Not for a process that is itself to run the program. Whether it has this thread only.
bool warm_up();

}  // namespace redflag::explorer
