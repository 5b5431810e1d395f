// Whether atomic operations are seen.
#pragma once

namespace redflag::explorer {

/// Whether ThreadSanitizer is in this process: else atomic operations are not calls, and no steps.
bool is_instrumented();

}  // namespace redflag::explorer
