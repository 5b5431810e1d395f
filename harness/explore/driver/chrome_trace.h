// An execution as a file that chrome://tracing and Perfetto open.
#pragma once

#include <string>

#include "explore/driver/steps.h"
#include "explore/page.h"

namespace redflag {

/// The page's execution in Chrome's trace event format: a row a thread, a slice a step. A step is
/// shown as one microsecond, for real time has no meaning under the explorer.
std::string chrome_trace(const explorer::Page& page, Namer& namer);

}  // namespace redflag
