// One execution under the explorer.
#pragma once

#include <redflag/scenario.h>

namespace redflag {

/// Runs the body once and tells the explorer what it saw; returns main()'s exit code. Without the
/// explorer it prints the outcome.
int run_once(const Program& tested);

}  // namespace redflag
