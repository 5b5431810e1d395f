// Partial-order sampling: every partial order of the program's operations has a fair chance, not
// every interleaving. The default.
#include "explore/runtime/dice.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Pos final : public Strategy {
 public:
  void begin(const Page& page) override {
    dice_ = Dice(page.spec.seed);
    clear(priorities_);
  }

  std::size_t pick(const Point& point) override {
    // Who gives way waits for any of the others. If only it drew again, and again, one with a very
    // low priority would be held back for as long as others do nothing but give way to each other.
    if (point.yielded) clear(priorities_);
    std::size_t best = 0;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (priority(point.candidates[i]) > priority(point.candidates[best])) best = i;
    }
    const Operation& taken = point.candidates[best].operation;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (i == best || dependent(taken, point.candidates[i].operation))
        priorities_[point.candidates[i].thread % Page::most_threads] = 0;  // to be drawn again
    }
    return best;
  }

  std::uint32_t choose(std::uint32_t options) override {
    return static_cast<std::uint32_t>(dice_.below(options));
  }

 private:
  std::uint64_t priority(const Candidate& candidate) {
    std::uint64_t& priority = priorities_[candidate.thread % Page::most_threads];
    if (priority == 0) priority = 1 + (dice_.next() >> 1U);
    return priority;
  }

  Dice dice_;
  std::uint64_t priorities_[Page::most_threads] =
      {};  // of the thread's next operation; 0: none yet
};

}  // namespace

Strategy& pos_strategy() {
  static Pos strategy;
  return strategy;
}

}  // namespace redflag::explorer
