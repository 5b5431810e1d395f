// Partial-order sampling: every partial order of the program's operations has a fair chance, not
// every interleaving. The default.
//
// For a deadlock each of several threads must hold a lock when it asks for the next, and the more
// they are the rarer that is. So one execution in four holds back who is about to take a second
// lock: all take their first before.
#include "explore/runtime/dice.h"
#include "explore/runtime/strategy.h"

namespace redflag::explorer {
namespace {

class Pos final : public Strategy {
 public:
  void begin(const Page& page) override {
    dice_ = Dice(page.spec.seed);
    holds_back_ = dice_.below(4) == 0;
    clear(priorities_, seen_);
    clear(held_, seen_);
    seen_ = 0;
  }

  std::size_t pick(const Point& point) override {
    // Who gives way waits for any of the others. If only it drew again, and again, one with a very
    // low priority would be held back for as long as others do nothing but give way to each other.
    if (point.yielded) clear(priorities_, seen_);
    // For the same reason nobody is held back for those who give way.
    const bool hold_back = holds_back_ && !point.yielded;
    std::size_t best = 0;
    for (std::size_t i = 0; i < point.size; ++i) {
      if (priority(point.candidates[i], hold_back) > priority(point.candidates[best], hold_back))
        best = i;
    }
    const Operation& taken = point.candidates[best].operation;
    note_locks(point.candidates[best]);
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
  static bool locks(Action action) {
    return action == Action::mutex_lock || action == Action::shared_lock;
  }

  static bool unlocks(Action action) {
    return action == Action::mutex_unlock || action == Action::shared_unlock;
  }

  // Not all that a thread may do with a lock is seen here; a wrong count costs nothing but luck.
  void note_locks(const Candidate& taken) {
    std::uint32_t& held = held_[taken.thread % Page::most_threads];
    if (locks(taken.operation.action)) ++held;
    if (unlocks(taken.operation.action) && held > 0) --held;
  }

  std::uint64_t priority(const Candidate& candidate, bool hold_back) {
    const std::size_t thread = candidate.thread % Page::most_threads;
    if (thread >= seen_) seen_ = thread + 1;
    std::uint64_t& priority = priorities_[thread];
    if (priority != 0) return priority;
    const bool low = hold_back && held_[thread] > 0 && locks(candidate.operation.action);
    priority = 1 + (dice_.next() >> (low ? 32U : 1U));
    return priority;
  }

  Dice dice_;
  bool holds_back_ = false;
  std::size_t seen_ = 0;                         // of all that is by thread, no more is in use
  std::uint32_t held_[Page::most_threads] = {};  // locks, by thread
  std::uint64_t priorities_[Page::most_threads] =
      {};  // of the thread's next operation; 0: none yet
};

}  // namespace

Strategy& pos_strategy() {
  static Pos strategy;
  return strategy;
}

}  // namespace redflag::explorer
