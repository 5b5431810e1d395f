// The stable name of a finding.
#pragma once

#include <string>

#include "model/finding.h"

namespace redflag {

/// "data-race: queue/safe.cpp:process | queue/unsafe.cpp:stop": the kind, then for each side the
/// top user frame as file (with the folder that holds it) and unqualified function. No line
/// numbers, no whole paths and no scopes, so that it stays over unrelated edits, machines and
/// compilers (GCC prints no scopes for local functions).
///
/// - Sides are sorted, and equal ones are written once: which access came first is chance, and
///   whether a tool shows the second stack may depend on its options.
/// - A side whose stack was lost is "?"; so is the function of a frame that has none.
/// - A finding without sides takes its first stack that has frames as one.
/// - "data race on vptr" counts as data race and "virtual call vs free" as use after free: GCC
///   and AddressSanitizer cannot tell them apart. Finding::kind still does.
///
/// Pure and thread-safe. Finding::signature is not looked at.
std::string signature_of(const Finding& finding);

}  // namespace redflag
