#include "explore/driver/minimise.h"

#include <algorithm>

#include "explore/driver/depth_first.h"
#include "explore/driver/reorder.h"
#include "explore/driver/schedule.h"

namespace redflag {
namespace {

using explorer::Page;

// A schedule as the guided strategy takes it: threads only, interruptions marked.
struct Attempt {
  std::vector<std::uint16_t> threads;
  std::vector<std::size_t> interruptions;  // indices of `threads`
};

Attempt attempt_of(const Page& page) {
  Attempt attempt;
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  for (std::size_t i = 0; i < count; ++i) {
    const explorer::Event& event = page.events[i];
    if (event.action == explorer::Action::choice) continue;
    if ((event.flags & explorer::Event::preemption) != 0)
      attempt.interruptions.push_back(attempt.threads.size());
    attempt.threads.push_back(event.thread);
  }
  return attempt;
}

std::vector<std::uint16_t> prefix_of(const Attempt& attempt,
                                     const std::vector<std::size_t>& interruptions) {
  std::vector<std::uint16_t> prefix = attempt.threads;
  for (const std::size_t i : interruptions)
    prefix[i] = static_cast<std::uint16_t>(prefix[i] | Page::choice_bit);
  return prefix;
}

class Minimiser {
  using Clock = std::chrono::steady_clock;

 public:
  Minimiser(ForkServer& server, const explorer::Spec& spec,
            const std::function<bool(const Execution&)>& still_shows, unsigned most_runs,
            std::chrono::seconds most_time)
      : server_(server),
        spec_(spec),
        still_shows_(still_shows),
        runs_left_(most_runs),
        end_(Clock::now() + most_time) {}

  std::vector<std::uint16_t> go(const std::vector<std::uint16_t>& steps) {
    run(steps);
    keep();
    reorder();
    for (std::size_t before = 0; before != best_.interruptions.size();) {
      before = best_.interruptions.size();
      take_away_all();
      if (best_.interruptions.size() < before) reorder();
    }
    for (std::uint32_t bound = 0; bound < best_.interruptions.size() && !is_over(); ++bound) {
      if (search_within(bound)) break;
    }
    return best_steps_;
  }

 private:
  Execution attempt(const std::vector<std::uint16_t>& prefix) {
    if (runs_left_ > 0) --runs_left_;
    Execution execution = server_.run(spec_, prefix);
    if (execution.interrupted) runs_left_ = 0;
    return execution;
  }

  [[nodiscard]] bool is_over() const { return runs_left_ == 0 || Clock::now() > end_; }

  Execution run(const std::vector<std::uint16_t>& steps) {
    spec_.strategy = explorer::StrategyId::prefix;
    return attempt(steps);
  }

  // What the last run did is the best so far.
  void keep() {
    best_ = attempt_of(server_.page());
    best_steps_ = steps_taken(server_.page());
  }

  bool keep_if_fewer(const Execution& execution) {
    const bool fewer = attempt_of(server_.page()).interruptions.size() < best_.interruptions.size();
    if (!fewer || !still_shows_(execution)) return false;
    keep();
    return true;
  }

  // The same, with steps that do not depend on each other in another order.
  void reorder() {
    if (best_.interruptions.empty() || is_over()) return;
    run(best_steps_);
    keep_if_fewer(run(with_fewest_interruptions(server_.page())));
  }

  // Greedily: fewer and fewer of those that the schedule has.
  void take_away_all() {
    spec_.strategy = explorer::StrategyId::guided;
    if (best_.interruptions.empty() || better({})) return;
    for (std::size_t size = std::max<std::size_t>(1, best_.interruptions.size() / 2);;) {
      if (take_away(size)) {
        size = std::min(size, std::max<std::size_t>(1, best_.interruptions.size() / 2));
      } else if (size == 1 || is_over()) {
        return;
      } else {
        size /= 2;
      }
    }
  }

  // Interruptions at other moments may need to be fewer: all schedules with so many, if that is not
  // too many schedules.
  bool search_within(std::uint32_t bound) {
    spec_.strategy = explorer::StrategyId::prefix;
    DepthFirst tree(bound);
    do {
      if (is_over()) return false;
      const Execution execution = attempt(tree.prefix());
      if (still_shows_(execution)) {
        keep();
        return true;
      }
    } while (tree.learn(server_.page()));
    return false;
  }

  // Tries without each `size` interruptions in a row; whether that got anywhere.
  bool take_away(std::size_t size) {
    for (std::size_t from = 0; from < best_.interruptions.size() && !is_over(); from += size) {
      std::vector<std::size_t> kept = best_.interruptions;
      const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(from);
      kept.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, kept.size() - from)));
      if (better(kept)) return true;
    }
    return false;
  }

  bool better(const std::vector<std::size_t>& interruptions) {
    return !is_over() && keep_if_fewer(attempt(prefix_of(best_, interruptions)));
  }

  ForkServer& server_;
  explorer::Spec spec_;
  const std::function<bool(const Execution&)>& still_shows_;
  unsigned runs_left_;
  Clock::time_point end_;
  Attempt best_;
  std::vector<std::uint16_t> best_steps_;
};

}  // namespace

std::vector<std::uint16_t> minimise(ForkServer& server, const explorer::Spec& spec,
                                    const std::vector<std::uint16_t>& steps,
                                    const std::function<bool(const Execution&)>& still_shows,
                                    unsigned most_runs, std::chrono::seconds most_time) {
  return Minimiser(server, spec, still_shows, most_runs, most_time).go(steps);
}

}  // namespace redflag
