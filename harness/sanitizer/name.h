// What a function is called, whatever compiler printed its name.
#pragma once

#include <string>
#include <string_view>

namespace redflag {

/// The last component of a function's name, without template arguments, parameters, return type,
/// qualifiers and the compiler's clone suffixes: "bump" for both
/// "bump<(anonymous namespace)::Engine>" (GCC) and "void ns::bump<Engine>(Engine&)" (Clang).
/// Operators and destructors stay whole: "operator<<", "operator bool", "~Engine". A text that is
/// no function's name comes back as it is.
std::string unqualified_name(std::string_view function);

/// The first component of its qualified name: "std" for "void std::__invoke<int>(int&&)". Equal to
/// unqualified_name() when the name is not qualified.
std::string outermost_scope(std::string_view function);

}  // namespace redflag
