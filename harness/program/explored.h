// The program under the explorer, which decides how often its body is executed.
#pragma once

#include <redflag/scenario.h>

namespace redflag {

/// Executes the body as the explorer orders it, and tells what each execution saw.
void run_explored(const Program& tested);

}  // namespace redflag
