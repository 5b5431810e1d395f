// A program that is loaded once and forked for executions: for each, or, if the program says itself
// where one begins and ends, for many in a row.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "explore/driver/target.h"
#include "explore/page.h"
#include "model/finding.h"
#include "process/file_descriptor.h"

namespace redflag {

struct ServerOptions {
  std::filesystem::path log;       ///< where the sanitizer writes LOG.PID; its folder must exist
  bool symbolize = false;          ///< the sanitizer names functions itself; slow
  bool every_race = false;         ///< ThreadSanitizer tells of more than one race of a location
  bool fresh = true;               ///< every execution in a process of its own
  std::optional<int> cpu;          ///< the one core to run on
  bool parallel = false;           ///< nobody schedules the threads: the strategy is noise
  double hang_after_seconds = 10;  ///< without a step; if parallel: without an end
  const std::vector<explorer::CodePlace>* racing =
      nullptr;                              ///< what Page::racing is to be; may grow
  const std::atomic<bool>* stop = nullptr;  ///< when it becomes true the execution is ended
};

/// How one execution of the whole program went. What it did step by step is on the page.
struct Execution {
  int status = 0;                   ///< as of waitpid()
  std::string hang;                 ///< why it was ended; empty: it ended by itself
  std::vector<Stack> hung_threads;  ///< where each stood, if they ran in parallel
  bool interrupted = false;
  std::string out;  ///< the program's, cut at 1 MiB
  std::string err;
  std::string sanitizer;  ///< what the sanitizer wrote, with the explorer's numbers of threads
};

/// Not thread-safe: one execution at a time.
class ForkServer {
 public:
  /// Starts the program, which stops before its first own instruction. Throws CannotExplore.
  ForkServer(const Target& target, ServerOptions options);
  ~ForkServer();
  ForkServer(const ForkServer&) = delete;
  ForkServer& operator=(const ForkServer&) = delete;

  /// One execution by `spec`, with `prefix` for the strategy of that name. Throws CannotExplore if
  /// the server is gone.
  Execution run(const explorer::Spec& spec, std::span<const std::uint16_t> prefix = {});

  /// What the last execution left there.
  [[nodiscard]] const explorer::Page& page() const { return *page_; }

  /// From now on every execution gets a process of its own.
  void be_fresh() { options_.fresh = true; }

 private:
  void start();
  void fork_child();
  std::pair<FileDescriptor, FileDescriptor> make_pipes();
  void refuse_other_threads(const Execution& execution);
  void send(explorer::Request request);
  explorer::Answer await_answer(Execution& execution);
  void note_hang(Execution& execution) const;
  [[noreturn]] void fail(const std::string& what);

  const Target& target_;
  ServerOptions options_;
  FileDescriptor page_file_;
  explorer::Page* page_ = nullptr;
  FileDescriptor out_;
  FileDescriptor err_;
  FileDescriptor requests_;
  FileDescriptor answers_;
  pid_t server_ = -1;  // with Target::child the child itself
};

}  // namespace redflag
