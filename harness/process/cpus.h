// The cores of this machine.
#pragma once

#include <vector>

namespace redflag {

/// The cores that this process may run on.
std::vector<int> allowed_cpus();

}  // namespace redflag
