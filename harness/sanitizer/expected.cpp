#include "sanitizer/expected.h"

#include <algorithm>
#include <string>

#include "sanitizer/frame.h"
#include "sanitizer/name.h"

namespace redflag {
namespace {

// "stop" is `Engine::stop()`, and neither an argument of type `std::stop_token` nor the standard
// library's own `stop()`.
bool names_function(const Finding& finding, const std::string& function) {
  const std::string name = unqualified_name(function);
  const auto is_it = [&](const Frame& frame) {
    return unqualified_name(frame.function) == name && is_user_frame(frame) &&
           frame.function.find(function) != std::string::npos;
  };
  return std::ranges::any_of(
      finding.stacks, [&](const Stack& stack) { return std::ranges::any_of(stack.frames, is_it); });
}

}  // namespace

bool fits(const ExpectedFinding& expected, const Finding& finding) {
  // A machine on which nothing may trace a process has hangs without stacks.
  const bool blind = finding.kind == Kind::hang && finding.stacks.empty();
  return expected.kind == finding.kind &&
         (blind || expected.function.empty() || names_function(finding, expected.function));
}

}  // namespace redflag
