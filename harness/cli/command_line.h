// How the redflag command is written.
#pragma once

#include "cli/verbs.h"

namespace redflag {

/// Parses the command line and carries out its verb. What is wrong is said on stderr. Never throws.
Exit command_line(int argc, char** argv);

}  // namespace redflag
