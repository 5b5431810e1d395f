// The pieces of what a class sees in the terminal, one a file; terminal.cpp puts them together.
#pragma once

#include <string>
#include <string_view>

#include "reports/terminal.h"

namespace redflag::reports {

enum class Ink { bold, red, green, quiet };

/// `text` in that ink if the terminal has colours.
std::string painted(std::string_view text, Ink ink, const Terminal& terminal);

/// The finding's interleaving with a column a thread; the finding must have one.
std::string interleaving_in_terminal(const Scenario& scenario, const Finding& finding,
                                     const Terminal& terminal);

}  // namespace redflag::reports
