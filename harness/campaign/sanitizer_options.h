// How the sanitizers are told to behave: their quirks are handled here and nowhere else.
#pragma once

#include <redflag/mode.h>

#include <string>
#include <utility>
#include <vector>

namespace redflag {

/// The environment for a program built in `mode`. Reports go to files that begin with `log_path`
/// (the runtime adds ".PID"). Options that the user has set stay but for those
/// that decide what is seen, or where: ours come last and win.
std::vector<std::pair<std::string, std::string>> sanitizer_environment(Mode mode,
                                                                       const std::string& log_path);

/// Whether this machine randomises addresses over more bits than the sanitizers' fixed shadow
/// memory allows ("unexpected memory mapping"); then children run without randomisation.
bool needs_fixed_addresses();

}  // namespace redflag
