// What standard output is.
#pragma once

#include "reports/terminal.h"

namespace redflag {

/// A terminal with colours (unless NO_COLOR is set; see no-color.org) and its width; of a file or a
/// pipe no colours, and 100 columns.
reports::Terminal terminal_here();

}  // namespace redflag
