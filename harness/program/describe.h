// What a program says of itself.
#pragma once

#include <redflag/scenario.h>

#include "model/json.h"

namespace redflag {

/// `tested` as data, with its name and side from its file and what this build is.
Description describe(const Program& tested);

}  // namespace redflag
