// A schedule in the debugger.
#pragma once

#include <cstdint>
#include <span>

#include "explore/driver/target.h"
#include "explore/page.h"

namespace redflag {

/// Becomes gdb, which runs the program by the schedule and stops at the finding: where the explorer
/// ends the execution, at a sanitizer's report, at a crash. Throws CannotExplore if there is no
/// gdb.
[[noreturn]] void debug(const Target& target, const explorer::Spec& spec,
                        std::span<const std::uint16_t> steps,
                        std::span<const explorer::CodePlace> racing);

}  // namespace redflag
