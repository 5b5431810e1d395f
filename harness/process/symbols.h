// Names for the addresses in a program.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.h"

namespace redflag {

/// The frames at `offsets` (relative to the load address) of the program in `file`, inlined calls
/// as frames of their own, innermost first. An offset without debug information gives a frame with
/// module and offset only; an offset of 0 (a frame of another library) gives none. Reads DWARF
/// with libdw. Thread-safe.
std::vector<Frame> symbolize(const std::string& file, const std::vector<std::uint64_t>& offsets);

}  // namespace redflag
