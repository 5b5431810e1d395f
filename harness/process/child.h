// Runs one program to its end and says how it ended. Nothing that the child does can break the
// caller: its output is cut at a limit, its process group is killed when it ends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace redflag {

struct Command {
  std::vector<std::string> argv;  ///< argv[0] is looked up in PATH if it has no slash
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to the caller's own
  std::vector<int> inherited_fds;                ///< stay open in the child under the same numbers
  std::optional<int> cpu;                        ///< the one core to run on; absent: all
  bool fixed_addresses = false;                  ///< no address space randomisation
  std::string folder;                            ///< working directory; empty: the caller's
  std::size_t output_limit = 1 << 20;            ///< bytes kept of each of stdout and stderr
  std::chrono::duration<double> time_to_end{3};  ///< for a child that is asked to
};

struct Ended {
  std::optional<int> exit_code;  ///< absent if a signal ended it
  int signal = 0;
  bool killed = false;      ///< `watch` asked for its end
  std::string start_error;  ///< why it could not be started, or its end is not known
  std::string out;
  std::string err;
  bool output_cut = false;  ///< it wrote more than the limit; the rest was read and dropped
  double seconds = 0;
};

/// Starts the command in a process group of its own, with `out` and `err` as its output and nothing
/// as its input. Its id, or -1 with `error` saying why it could not be started. Whoever calls waits
/// for its end. Thread-safe.
pid_t start_child(const Command& command, int out, int err, std::string& error);

/// What the watcher wants done with the child. A child that is asked to end may first end children
/// of its own that are in other process groups, as a build its compilers; if that takes too long it
/// is killed.
enum class Watch { go_on, ask_to_end, kill };

/// Starts the command, calls `watch` (if any) with the child's id about every 20 ms, and returns
/// when the child has ended. Thread-safe. Never throws for anything the child does.
Ended run_child(const Command& command, const std::function<Watch(pid_t)>& watch = {});

/// As run_child(), but ended after `seconds`.
Ended run_child_for(const Command& command, double seconds);

/// The path of a program in PATH, or empty.
std::string find_program(const std::string& name);

}  // namespace redflag
