// The program to be explored, and whether it can be.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace redflag {

/// The program cannot be explored here; what() says why and what to do.
class CannotExplore : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Target {
  std::filesystem::path program;  ///< as found in PATH, absolute
  std::vector<std::string> argv;
  bool preload = true;        ///< false: it has the runtime linked in
  bool instrumented = false;  ///< built with ThreadSanitizer: atomic operations are steps too
  std::string build_id;       ///< of the file; empty if it has none
};

/// Looks at the program's file. Throws CannotExplore if there is no such program, it is statically
/// linked or setuid, or has a static sanitizer runtime and no redflag::explorer linked in.
Target examine(const std::vector<std::string>& argv);

/// The runtime that is loaded in front of the program: beside this redflag, or where it is
/// installed. Throws CannotExplore if it is not there.
std::filesystem::path runtime_library();

}  // namespace redflag
