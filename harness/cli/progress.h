// Tells a campaign's progress: one live line on a terminal, plain lines elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "campaign/execute.h"

namespace redflag {

class Progress : public Observer {
 public:
  /// `columns`: how wide the terminal is; 0 if it is none.
  explicit Progress(std::size_t columns) : columns_(columns) {}
  ~Progress() override { clear_line(); }
  void step(const std::string& what) override;
  void started(const Run& run) override;
  void finished(const Run& run, std::size_t done, std::size_t all) override;

 private:
  void clear_line();
  void live(const std::string& text);

  std::size_t columns_;
  bool line_is_live_ = false;
  std::size_t done_ = 0;
  std::size_t all_ = 0;
  std::chrono::steady_clock::time_point first_start_;
};

/// "unlocked_counter.unsafe tsan".
std::string run_name(const Run& run);

}  // namespace redflag
