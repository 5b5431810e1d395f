// The page that a program under test shares with the runner. It is shared memory, so that a child
// that crashes, is killed or hangs loses no counts. The child writes, the runner reads; every
// field may hold nonsense once the child's memory is corrupted, so the runner trusts none of them
// (see SharedPage::read()).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace redflag {

/// Environment variable with the number of the inherited file descriptor of the page.
inline constexpr const char* status_fd_variable = "REDFLAG_STATUS_FD";

struct StatusPage {
  static constexpr std::uint64_t magic_number = 0x31676c6664657200;  // "\0redflg1"
  static constexpr std::size_t outcome_slots = 64;
  static constexpr std::size_t text_size = 200;
  static constexpr std::size_t max_frames = 48;
  static constexpr std::size_t max_runtime_threads = 8;

  enum Phase : std::uint32_t { loading, running, finished };

  struct OutcomeSlot {
    std::atomic<std::uint64_t> count;  ///< 0: free
    std::uint64_t first_execution;
    char text[text_size];
  };

  std::atomic<std::uint64_t> magic;
  std::atomic<std::uint32_t> phase;
  std::atomic<std::uint64_t> started;       ///< executions begun
  std::atomic<std::uint64_t> completed;     ///< executions whose body returned
  std::atomic<std::uint64_t> first_report;  ///< execution of the first sanitizer report, 0: none
  std::atomic<std::uint64_t> first_leak;    ///< execution that first left a thread, 0: none
  std::atomic<std::uint64_t> leaked_threads;
  std::atomic<std::uint64_t> lost_outcomes;  ///< outcomes seen when every slot was taken
  /// Threads that the sanitizer's runtime started for itself, ended by a 0.
  std::int32_t runtime_threads[max_runtime_threads + 1];

  // Why the program died, written by its last thread to run. Offsets are relative to the
  // program's load address; 0 stands for a frame outside of it.
  std::atomic<std::uint32_t> death_signal;
  std::atomic<std::uint32_t> terminated;  ///< 1: std::terminate was called
  char death_text[text_size];             ///< the exception's type and what()
  std::atomic<std::uint32_t> death_frames;
  std::uint64_t death_offsets[max_frames];

  OutcomeSlot outcomes[outcome_slots];
};

}  // namespace redflag
