// Starts the program's fork servers for a search.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explore/driver/fork_server.h"
#include "explore/driver/search.h"
#include "explore/driver/target.h"

namespace redflag {

/// Keeps references to what it is given. Thread-safe but for be_fresh().
class Launcher {
 public:
  Launcher(const Target& target, const SearchOptions& options);

  /// A server whose logs have that name. `symbolize`: the sanitizer names functions, which is slow.
  /// Its executions run on cpu_of(worker).
  [[nodiscard]] std::unique_ptr<ForkServer> start(const std::string& log, bool symbolize,
                                                  unsigned worker) const;

  /// The one core of what a worker does. It better runs there too: it and an execution wait for
  /// each other in turns, and a core that sleeps takes long to wake. None: any.
  [[nodiscard]] std::optional<int> cpu_of(unsigned worker) const;

  /// The plain accesses that are steps, in every server that it has started. To be changed only
  /// while none of them runs.
  [[nodiscard]] std::vector<explorer::CodePlace>& racing() { return racing_; }
  [[nodiscard]] const std::vector<explorer::CodePlace>& racing() const { return racing_; }

  /// One that tells of every race, for racing(). Without names.
  [[nodiscard]] std::unique_ptr<ForkServer> start_for_races() const;

  /// The one for stacks, see run_in_detail(). Without names.
  [[nodiscard]] std::unique_ptr<ForkServer> start_for_stacks() const;

  /// Whether every execution gets a process of its own.
  [[nodiscard]] bool fresh() const { return fresh_; }
  /// From now on it does.
  void be_fresh() { fresh_ = true; }

 private:
  [[nodiscard]] ServerOptions options_of(const std::string& log, bool symbolize,
                                         unsigned worker) const;

  const Target& target_;
  const SearchOptions& options_;
  bool fresh_;
  std::vector<int> cpus_;
  std::size_t first_cpu_ = 0;  // index in it
  std::vector<explorer::CodePlace> racing_;
};

}  // namespace redflag
