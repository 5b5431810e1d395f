// The runner's side of the status page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "process/file_descriptor.h"
#include "process/status_page.h"

namespace redflag {

/// What a status page said, checked: every count is plausible, every text ends.
struct ProgramStatus {
  struct Outcome {
    std::string text;
    std::uint64_t count = 0;
    std::uint64_t first_execution = 0;
  };
  bool valid = false;  ///< false: the program never got as far as its page, or scribbled over it
  StatusPage::Phase phase = StatusPage::loading;
  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t first_report = 0;
  std::uint64_t first_leak = 0;
  std::uint64_t leaked_threads = 0;
  std::uint64_t lost_outcomes = 0;
  std::vector<int> runtime_threads;
  int death_signal = 0;
  bool terminated = false;
  std::string death_text;  ///< the uncaught exception; empty if there was none
  std::vector<std::uint64_t> death_offsets;
  std::vector<Outcome> outcomes;
};

/// One status page in shared memory. Throws std::system_error if it cannot be made.
class SharedPage {
 public:
  SharedPage();
  ~SharedPage();
  SharedPage(const SharedPage&) = delete;
  SharedPage& operator=(const SharedPage&) = delete;

  [[nodiscard]] int fd() const { return fd_.get(); }
  /// A consistent copy; may be called while the program runs.
  [[nodiscard]] ProgramStatus read() const;
  /// Executions completed so far: the program's sign of life.
  [[nodiscard]] std::uint64_t completed() const { return page_->completed; }
  [[nodiscard]] bool running() const { return page_->phase == StatusPage::running; }

 private:
  FileDescriptor fd_;
  StatusPage* page_ = nullptr;
};

}  // namespace redflag
