// The program to be explored, and whether it can be.
#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "explore/page.h"

namespace redflag {

/// The program cannot be explored here; what() says why and what to do.
class CannotExplore : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Target {
  std::filesystem::path program;  ///< as found in PATH, absolute
  std::vector<std::string> argv;
  bool preload = true;        ///< false: it has the runtime linked in
  bool inside = false;        ///< it says itself where an execution begins and ends
  bool suppresses = false;    ///< the user lets the sanitizer suppress some of its reports
  bool instrumented = false;  ///< built with ThreadSanitizer: atomic operations are steps too
  std::string build_id;       ///< of the file; empty if it has none
  std::string body;           ///< the one of its explored functions that is wanted; empty: any
  /// If given, the program is this process: what a child forked from it does, execution by
  /// execution, until it exits. Its orders come from `in`, its answers go to `out`.
  std::function<void(explorer::Page& page, int in, int out)> child;
};

/// Looks at the program's file. Throws CannotExplore if there is no such program, it is statically
/// linked or setuid, or has a static sanitizer runtime and no redflag::explore linked in.
Target examine(const std::vector<std::string>& argv);

/// The runtime that is loaded in front of the program: beside this redflag, or where it is
/// installed. Throws CannotExplore if it is not there.
std::filesystem::path runtime_library();

/// For the environment variable of that name: what the user set it to, with `ours` after a colon.
std::string behind_users_own(const char* variable, const std::string& ours);

/// LD_PRELOAD for a program that is to have the runtime in front. Throws as runtime_library().
std::string preloaded_libraries();

}  // namespace redflag
