#include "explore/driver/minimise.h"

#include <algorithm>

#include "explore/driver/depth_first.h"
#include "explore/driver/reorder.h"
#include "explore/driver/schedule.h"

namespace redflag {
namespace {

using explorer::Page;

// A schedule as the guided strategy takes it, and where it departs from the simplest one: a thread
// is interrupted, or a choice is not the first.
struct Attempt {
  std::vector<std::uint16_t> entries;
  std::vector<std::size_t> departures;  // indices of `entries`
  std::uint32_t interruptions = 0;
};

Attempt attempt_of(const Page& page) {
  Attempt attempt;
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  for (std::size_t i = 0; i < count; ++i) {
    const explorer::Event& event = page.events[i];
    const bool choice = event.action == explorer::Action::choice;
    const bool interrupts = !choice && (event.flags & explorer::Event::preemption) != 0;
    if (interrupts) ++attempt.interruptions;
    if (interrupts || (choice && event.value != 0))
      attempt.departures.push_back(attempt.entries.size());
    attempt.entries.push_back(choice ? static_cast<std::uint16_t>(event.value | Page::choice_bit)
                                     : event.thread);
  }
  return attempt;
}

// With those departures only.
std::vector<std::uint16_t> prefix_of(const Attempt& attempt, const std::vector<std::size_t>& kept) {
  std::vector<std::uint16_t> prefix = attempt.entries;
  for (std::uint16_t& entry : prefix) {
    if ((entry & Page::choice_bit) != 0) entry = Page::choice_bit;
  }
  for (const std::size_t i : kept) {
    const bool choice = (attempt.entries[i] & Page::choice_bit) != 0;
    prefix[i] =
        static_cast<std::uint16_t>(attempt.entries[i] | (choice ? 0 : Page::interrupts_bit));
  }
  return prefix;
}

class Minimiser {
  using Clock = std::chrono::steady_clock;

 public:
  Minimiser(ForkServer& server, const explorer::Spec& spec,
            const std::function<bool(const Execution&)>& still_shows, unsigned most_runs,
            std::chrono::milliseconds most_time)
      : server_(server),
        spec_(spec),
        still_shows_(still_shows),
        runs_left_(most_runs),
        end_(Clock::now() + most_time) {}

  std::vector<std::uint16_t> go(const std::vector<std::uint16_t>& steps) {
    run(steps);
    keep();
    reorder();
    simplify();
    const unsigned half = runs_left_ / 2;
    search_within(Bound::departures, static_cast<std::uint32_t>(best_.departures.size()), half);
    search_within(Bound::preemptions, best_.interruptions, 0);
    simplify();
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
    const bool fewer = attempt_of(server_.page()).departures.size() < best_.departures.size();
    if (!fewer || !still_shows_(execution)) return false;
    keep();
    return true;
  }

  void simplify() {
    for (std::size_t before = 0; before != best_.departures.size();) {
      before = best_.departures.size();
      take_away_all();
      if (best_.departures.size() < before) reorder();
    }
  }

  // The same, with steps that do not depend on each other in another order.
  void reorder() {
    if (best_.interruptions == 0 || is_over()) return;
    run(best_steps_);
    keep_if_fewer(run(with_fewest_interruptions(server_.page())));
  }

  // Greedily: fewer and fewer of those that the schedule has.
  void take_away_all() {
    spec_.strategy = explorer::StrategyId::guided;
    if (best_.departures.empty() || better({})) return;
    for (std::size_t size = std::max<std::size_t>(1, best_.departures.size() / 2);;) {
      if (take_away(size)) {
        size = std::min(size, std::max<std::size_t>(1, best_.departures.size() / 2));
      } else if (size == 1 || is_over()) {
        return;
      } else {
        size /= 2;
      }
    }
  }

  // Interruptions at other moments may need to be fewer: all schedules with fewer than `end`, if
  // that is not too many schedules.
  void search_within(Bound of, std::uint32_t end, unsigned runs_to_leave) {
    spec_.strategy = explorer::StrategyId::prefix;
    for (std::uint32_t bound = 0; bound < end; ++bound) {
      DepthFirst tree(bound, of);
      do {
        if (is_over() || runs_left_ <= runs_to_leave) return;
        const Execution execution = attempt(tree.prefix());
        if (!still_shows_(execution)) continue;
        const bool more = attempt_of(server_.page()).interruptions > best_.interruptions;
        if (more) continue;
        return keep();
      } while (tree.learn(server_.page()));
    }
  }

  // Tries without each `size` departures in a row; whether that got anywhere.
  bool take_away(std::size_t size) {
    for (std::size_t from = 0; from < best_.departures.size() && !is_over(); from += size) {
      std::vector<std::size_t> kept = best_.departures;
      const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(from);
      kept.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, kept.size() - from)));
      if (better(kept)) return true;
    }
    return false;
  }

  bool better(const std::vector<std::size_t>& departures) {
    return !is_over() && keep_if_fewer(attempt(prefix_of(best_, departures)));
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
                                    unsigned most_runs, std::chrono::milliseconds most_time) {
  return Minimiser(server, spec, still_shows, most_runs, most_time).go(steps);
}

}  // namespace redflag
