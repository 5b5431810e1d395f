// A scenario as a class sees it on the projector: the bug, its interleaving, and the fix that
// holds.
#pragma once

#include <cstddef>
#include <string>

#include "reports/view.h"

namespace redflag::reports {

struct Terminal {
  bool colour = false;
  std::size_t columns = 100;  ///< width; less than 60 counts as 60
};

/// For each unsafe variant: the finding that tells most, with the source lines that meet in it and
/// the interleaving that shows it, a column a thread. Then how the safe variants did, and the lines
/// that are the fix. Plain text of visible() characters, with ANSI colours if asked for.
/// Thread-safe.
std::string scenario_in_terminal(const View& view, const Scenario& scenario,
                                 const Terminal& terminal);

/// The lines of code that differ between `unsafe` and `safe` with three lines around them, as
/// diff -u shows them, without a heading. What the programs declare to the harness is left out.
std::string diff_in_terminal(const Source& unsafe, const Source& safe, const Terminal& terminal);

}  // namespace redflag::reports
