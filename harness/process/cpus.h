// The cores of this machine.
#pragma once

#include <vector>

namespace redflag {

/// The cores that this process may run on.
std::vector<int> allowed_cpus();

/// The calling process runs on this core only from now on, if it can. Async-signal-safe.
void pin_to_cpu(int cpu);

}  // namespace redflag
