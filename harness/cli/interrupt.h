// Ctrl-C.
#pragma once

#include <atomic>

namespace redflag {

/// From now on SIGINT and SIGTERM make the flag true; a second of the same ends redflag at once.
const std::atomic<bool>& stop_on_interrupt();

}  // namespace redflag
