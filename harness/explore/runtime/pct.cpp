// Probabilistic concurrency testing. Finds a bug of depth d in n threads and k steps with
// probability at least 1/(n * k^(d-1)); for bugs that need long stretches of one thread.
#include "explore/runtime/dice.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Pct final : public Strategy {
 public:
  void begin(const Page& page) override {
    dice_ = Dice(page.spec.seed);
    step_ = 0;
    lowest_ = low_start;
    clear(priorities_);
    changes_ = page.spec.depth == 0 ? 0 : page.spec.depth - 1;
    if (changes_ > most_changes) changes_ = most_changes;
    const std::uint64_t length = page.spec.expected_steps == 0 ? 1 : page.spec.expected_steps;
    for (std::uint32_t i = 0; i < changes_; ++i) change_at_[i] = 1 + dice_.below(length);
  }

  std::size_t pick(const Point& point) override {
    if (point.yielded) lower(point.last_thread);  // or a spinning thread would starve the rest
    const std::size_t first = highest(point);
    ++step_;
    for (std::uint32_t i = 0; i < changes_; ++i) {
      if (change_at_[i] != step_) continue;
      lower(point.candidates[first].thread);
      return highest(point);
    }
    return first;
  }

  std::uint32_t choose(std::uint32_t options) override {
    return static_cast<std::uint32_t>(dice_.below(options));
  }

 private:
  static constexpr std::uint32_t most_changes = 64;
  static constexpr std::uint64_t low_start = std::uint64_t{1} << 32U;

  void lower(std::uint32_t thread) { priorities_[thread % Page::most_threads] = --lowest_; }

  std::size_t highest(const Point& point) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (priority(point.candidates[i].thread) > priority(point.candidates[best].thread)) best = i;
    }
    return best;
  }

  // Drawn when the thread is first seen, above all priorities that changes lower to.
  std::uint64_t priority(std::uint32_t thread) {
    std::uint64_t& priority = priorities_[thread % Page::most_threads];
    if (priority == 0) priority = low_start + 1 + (dice_.next() >> 2U);
    return priority;
  }

  Dice dice_;
  std::uint64_t step_ = 0;
  std::uint64_t lowest_ = low_start;
  std::uint32_t changes_ = 0;
  std::uint64_t change_at_[most_changes] = {};
  std::uint64_t priorities_[Page::most_threads] = {};
};

}  // namespace

Strategy& pct_strategy() {
  static Pct strategy;
  return strategy;
}

}  // namespace redflag::explorer
