// "Did you mean": the words nearest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redflag {

/// How many letters must be added, dropped or changed to make `b` of `a` (Levenshtein distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// At most three of `known`, nearest first, that `word` may stand for: near in spelling, or
/// containing it.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

/// "unknown scenario "x"; did you mean a, b?" or, if nothing is near, all that is known.
std::string unknown_word(std::string_view what, std::string_view word,
                         const std::vector<std::string>& known);

}  // namespace redflag
