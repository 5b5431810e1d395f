// Frames of a stack: whose code they are, and the lines that tools print for them.
#pragma once

#include <optional>
#include <string_view>

#include "model/finding.h"
#include "sanitizer/name.h"

namespace redflag {

/// Is this a frame of the program that somebody wrote, or one of what it runs on: a sanitizer's
/// runtime, the standard library, the C library, the harness's own runner (harness/program)? All
/// functions here are pure and may be called from any thread.
bool is_user_frame(const Frame& frame);

/// The frame that tells where in the user's code this is: the first user frame with a source file,
/// else the first user frame, else the first frame that names a function, else null. The file comes
/// first because an interceptor linked into the program looks like its code, but for the file.
const Frame* top_user_frame(const Stack& stack);

namespace sanitizer {

/// Reads one line of a stack, of any tool and compiler. Nothing if the line is not one.
std::optional<Frame> parse_frame(std::string_view line);

}  // namespace sanitizer
}  // namespace redflag
