// The accesses of memory that raced: from then on they are steps.
#pragma once

#include <filesystem>
#include <vector>

#include "explore/page.h"
#include "model/finding.h"

namespace redflag {

/// Adds to `racing` where the sides of a data race access memory, in the program or a library of it
/// on `page`, as far as they are not there. `program` is the program's file. Whether any was new.
bool add_racing(std::vector<explorer::CodePlace>& racing, const Finding& finding,
                const explorer::Page& page, const std::filesystem::path& program);

}  // namespace redflag
