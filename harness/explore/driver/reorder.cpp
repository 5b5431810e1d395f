#include "explore/driver/reorder.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "explore/driver/schedule.h"
#include "explore/driver/trace.h"

namespace redflag {
namespace {

using explorer::Action;

constexpr std::size_t most_states = 50000;

// Moves of one thread that nobody has to do with but the first: it runs through them for nothing.
struct Stretch {
  std::size_t first;
  std::size_t last;
};

// How far each thread has come, in runs, and who ran last.
struct State {
  std::vector<std::uint16_t> done;
  std::uint32_t last = 0;
  auto operator<=>(const State&) const = default;  // NOLINT(modernize-use-nullptr): its 0
};

// A shortest path through the states, in interruptions.
class Shortest {
 public:
  explicit Shortest(const explorer::Page& page) : trace_(page), order_(trace_) {
    runs_.resize(trace_.threads);
    for (std::size_t i = 0; i < trace_.moves.size(); ++i) add(i);
    for (const Move& move : trace_.pending) pending_[move.thread] = &move;
  }

  // Empty if there are too many states.
  std::vector<std::uint16_t> find() {
    std::deque<State> open = {State{std::vector<std::uint16_t>(trace_.threads), 0}};
    from_[open.front()] = {0, open.front()};
    while (!open.empty()) {
      const State state = open.front();
      open.pop_front();
      if (is_end(state)) return path_to(state);
      if (!closed_.insert(state).second) continue;
      if (closed_.size() > most_states) return {};
      for (std::uint32_t thread = 0; thread < trace_.threads; ++thread) {
        if (can_go_on(state, thread)) visit(open, state, thread);
      }
    }
    return {};
  }

 private:
  struct Best {
    unsigned interruptions;
    State from;
  };

  void add(std::size_t i) {
    auto& mine = runs_[trace_.moves[i].thread];
    if (mine.empty() || (!trace_.moves[i].choice && meets_others(i))) {
      mine.push_back({i, i});
    } else {
      mine.back().last = i;
    }
  }

  [[nodiscard]] bool meets_others(std::size_t i) const {
    const Move& move = trace_.moves[i];
    return move.joined != 0 || std::ranges::any_of(trace_.moves, [&](const Move& other) {
             return other.thread != move.thread && dependent(move, other);
           });
  }

  [[nodiscard]] bool is_end(const State& state) const {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (state.done[i] != runs_[i].size()) return false;
    }
    return true;
  }

  // Whether all that must come before the thread's next run is done.
  [[nodiscard]] bool can_go_on(const State& state, std::uint32_t thread) const {
    if (state.done[thread] == runs_[thread].size()) return false;
    const std::size_t next = runs_[thread][state.done[thread]].first;
    for (std::uint32_t other = 0; other < trace_.threads; ++other) {
      if (other == thread || state.done[other] == runs_[other].size()) continue;
      if (order_.before(runs_[other][state.done[other]].first, next)) return false;
    }
    return true;
  }

  void visit(std::deque<State>& open, const State& state, std::uint32_t thread) {
    State next = state;
    ++next.done[thread];
    next.last = thread;
    const bool interrupts = thread != state.last && could_go_on(state, state.last);
    const unsigned interruptions = from_.at(state).interruptions + (interrupts ? 1 : 0);
    const auto known = from_.find(next);
    if (known != from_.end() && known->second.interruptions <= interruptions) return;
    from_.insert_or_assign(next, Best{interruptions, state});
    if (interrupts) {
      open.push_back(std::move(next));
    } else {
      open.push_front(std::move(next));
    }
  }

  // Whether the program would have let the thread go on there, be it in another order.
  [[nodiscard]] bool could_go_on(const State& state, std::uint32_t thread) const {
    if (can_go_on(state, thread)) return true;
    const bool is_over = state.done[thread] == runs_[thread].size();
    if (is_over && !pending_.contains(thread)) return false;
    const Move& next =
        is_over ? *pending_.at(thread) : trace_.moves[runs_[thread][state.done[thread]].first];
    switch (next.action) {
      case Action::mutex_lock:
        return !is_held(state, next);
      case Action::thread_join:
      case Action::condition_wake:
      case Action::semaphore_wait:
      case Action::futex_wait_return:
      case Action::barrier_leave:
      case Action::once:
      case Action::static_initialization:
      case Action::shared_lock:
        return false;
      default:
        return true;
    }
  }

  [[nodiscard]] bool is_held(const State& state, const Move& lock) const {
    for (std::uint32_t thread = 0; thread < trace_.threads; ++thread) {
      int held = 0;
      if (state.done[thread] == 0) continue;
      const std::size_t end = runs_[thread][state.done[thread] - 1U].last;
      for (std::size_t i = 0; i <= end; ++i) {
        const Move& move = trace_.moves[i];
        if (move.thread != thread) continue;
        if (move.action == Action::mutex_lock && move.place == lock.place) ++held;
        if (move.action == Action::condition_wake && move.mutex == lock.place) ++held;
        if (move.action == Action::mutex_unlock && move.place == lock.place) --held;
        if (move.action == Action::condition_wait && move.mutex == lock.place) --held;
      }
      if (held > 0) return true;
    }
    return false;
  }

  [[nodiscard]] std::vector<std::uint16_t> path_to(State state) const {
    std::vector<Stretch> runs;
    for (;;) {
      const Best& best = from_.at(state);
      if (best.from == state) break;
      runs.push_back(runs_[state.last][state.done[state.last] - 1U]);
      state = best.from;
    }
    std::vector<std::uint16_t> steps;
    std::ranges::reverse(runs);
    for (const Stretch& run : runs) {
      const std::uint32_t thread = trace_.moves[run.first].thread;
      for (std::size_t i = run.first; i <= run.last; ++i) {
        const Move& move = trace_.moves[i];
        if (move.thread == thread)
          steps.push_back(static_cast<std::uint16_t>(
              move.choice ? move.value | explorer::Page::choice_bit : thread));
      }
    }
    return steps;
  }

  Trace trace_;
  Order order_;
  std::vector<std::vector<Stretch>> runs_;  // by thread
  std::map<std::uint32_t, const Move*> pending_;
  std::map<State, Best> from_;
  std::set<State> closed_;
};

}  // namespace

std::vector<std::uint16_t> with_fewest_interruptions(const explorer::Page& page) {
  auto steps = Shortest(page).find();
  return steps.empty() ? steps_taken(page) : steps;
}

}  // namespace redflag
