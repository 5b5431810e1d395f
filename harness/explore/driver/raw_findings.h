// A name for what an execution showed that costs next to nothing.
#pragma once

#include <string>

#include "explore/driver/fork_server.h"
#include "explore/page.h"

namespace redflag {

/// A cheap name for all that an execution showed, without looking at debug information: equal for
/// equal findings of one program at fixed addresses. Empty if it showed nothing.
std::string raw_findings(const explorer::Page& page, const Execution& execution);

}  // namespace redflag
