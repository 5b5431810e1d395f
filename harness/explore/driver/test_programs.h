// For tests: the programs that the explorer is tested on.
#pragma once

#include <string>

#include "explore/driver/target.h"
#include "explore/driver/test_folder.h"

namespace redflag {

inline Target explored_program(const std::string& name) {
  return examine({std::string(REDFLAG_EXPLORED) + "/" + name});
}

}  // namespace redflag
