// Notes on the status page in which execution a sanitizer reported.
#pragma once

#include "process/status_page.h"

namespace redflag {

/// From now on a ThreadSanitizer report marks the execution that runs. (AddressSanitizer ends the
/// program at its first report, so the execution is the last one begun.)
void note_reports_on(StatusPage& page);

}  // namespace redflag
