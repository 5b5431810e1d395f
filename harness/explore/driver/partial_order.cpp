#include "explore/driver/partial_order.h"

#include <algorithm>
#include <bit>

namespace redflag {
namespace {

constexpr std::uint64_t bit(std::uint32_t thread) { return std::uint64_t{1} << thread; }
constexpr std::uint32_t most_threads = 64;

}  // namespace

// Where must which thread go on first for a move to come before one that it depends on? As in
// source sets (Abdulla et al., POPL 2014), which go together with sleep sets.
class Reversals {
 public:
  Reversals(PartialOrder& search, const Trace& trace)
      : path_(search.path_), trace_(trace), order_(trace) {}

  void of_move(std::size_t index) {
    if (trace_.moves[index].choice) return;
    find({&trace_.moves[index], order_.cause(index), index, false});
  }
  void of_pending(std::size_t index) {
    find({&trace_.pending[index], order_.cause_of_pending(index), index, true});
  }

 private:
  struct Later {
    const Move* move;
    std::size_t cause;
    std::size_t index;
    bool pending;
  };

  [[nodiscard]] bool before(std::size_t first, const Later& later) const {
    return later.pending ? order_.before_pending(first, later.index)
                         : order_.before(first, later.index);
  }

  void find(const Later& later) {
    const std::size_t end = later.pending ? trace_.moves.size() : later.index;
    for (std::size_t i = order_.first_concurrent(later.cause); i < end; ++i) {
      const Move& earlier = trace_.moves[i];
      if (earlier.thread != later.move->thread && dependent(earlier, *later.move) &&
          !order_.before(i, later.cause) &&
          (could(i, later) || !needs_release_by(earlier, *later.move)))
        reverse(i, later);
    }
  }

  // Whether it could have been done instead of move `i`.
  [[nodiscard]] bool could(std::size_t i, const Later& later) const {
    const bool was_next = later.cause == Order::none || i > later.cause;
    return was_next && (path_[i].enabled & bit(later.move->thread)) != 0;
  }

  void reverse(std::size_t i, const Later& later) {
    PartialOrder::Node& node = path_[i];
    const std::uint64_t initials = initials_of(i, later) & node.enabled;
    if (initials == 0) {
      // The later one cannot come first, unless what it depends on is more than can be seen.
      if (trace_.moves[i].global || later.move->global) node.wanted |= node.enabled;
    } else if ((initials & (node.wanted | node.asleep)) == 0) {
      node.wanted |= initials & (~initials + 1);
    }
  }

  // Which threads can begin what must come before `later` if it is to come before move `i`.
  [[nodiscard]] std::uint64_t initials_of(std::size_t i, const Later& later) const {
    const std::size_t end = later.pending ? trace_.moves.size() : later.index;
    std::vector<std::size_t> needed;
    std::uint64_t seen = 0;
    std::uint64_t initials = 0;
    for (std::size_t k = i + 1; k < end; ++k) {
      const Move& move = trace_.moves[k];
      if (move.choice || order_.before(i, k) || !before(k, later)) continue;
      const auto precedes = [&](std::size_t other) { return order_.before(other, k); };
      if ((seen & bit(move.thread)) == 0 && std::ranges::none_of(needed, precedes))
        initials |= bit(move.thread);
      seen |= bit(move.thread);
      needed.push_back(k);
    }
    const auto precedes = [&](std::size_t other) { return before(other, later); };
    if (std::ranges::none_of(needed, precedes)) initials |= bit(later.move->thread);
    return initials;
  }

  std::vector<PartialOrder::Node>& path_;
  const Trace& trace_;
  Order order_;
};

bool PartialOrder::learn(const explorer::Page& page) {
  Trace trace(page);
  if (trace.threads > most_threads) {
    too_many_threads_ = true;
    return false;
  }
  const std::size_t from = path_.empty() ? 0 : path_.size() - 1;
  trace.cut(extend(trace));
  want_reversals(trace, from);
  while (!path_.empty() && !advance(path_.back())) path_.pop_back();
  prefix_.clear();
  for (const Node& node : path_)
    prefix_.push_back(static_cast<std::uint16_t>(
        node.choice ? node.chosen | explorer::Page::choice_bit : node.chosen));
  if (path_.empty()) return false;
  const Node& last = path_.back();
  asleep_ = last.choice ? last.asleep : (last.asleep | last.tried) & ~bit(last.chosen);
  return true;
}

// Adds a node for each move beyond the path, up to one that only repeats what was seen. How many
// moves there are up to that.
std::size_t PartialOrder::extend(const Trace& trace) {
  const std::size_t from = path_.empty() ? 0 : path_.size() - 1;
  for (std::size_t i = from; i < trace.moves.size(); ++i) {
    const Move& move = trace.moves[i];
    if (i == path_.size()) add_node(move, i == 0 ? 0 : asleep_behind(path_[i - 1], trace, i - 1));
    Node& node = path_[i];
    if (!node.choice && (node.asleep & bit(move.thread)) != 0) {
      ++repeated_;
      node.tried = 0;
      const Threads awake = node.enabled & ~node.asleep;
      node.wanted = awake & (~awake + 1);
      return i;
    }
    if (move.global && !move.choice) node.sleepless |= bit(move.thread);
  }
  path_.resize(std::min(path_.size(), trace.moves.size()));
  return trace.moves.size();
}

void PartialOrder::add_node(const Move& move, Threads asleep) {
  Node node;
  node.choice = move.choice;
  node.asleep = asleep;
  if (move.choice) {
    node.options = static_cast<std::uint32_t>(move.enabled);
    node.chosen = move.value;
  } else {
    node.chosen = move.thread;
    node.enabled = move.enabled;
    node.wanted = node.tried = bit(move.thread);
  }
  path_.push_back(node);
}

// Who is asleep when the node's move, at `at` in the trace, was done.
PartialOrder::Threads PartialOrder::asleep_behind(const Node& node, const Trace& trace,
                                                  std::size_t at) const {
  if (node.choice) return node.asleep;
  Threads asleep = (node.asleep | (node.tried & ~node.sleepless)) & ~bit(node.chosen);
  for (Threads left = asleep; left != 0; left &= left - 1) {
    const auto thread = static_cast<std::uint32_t>(std::countr_zero(left));
    const Move* next = trace.next(thread, at + 1);
    if (next == nullptr || dependent(trace.moves[at], *next)) asleep &= ~bit(thread);
  }
  return asleep;
}

void PartialOrder::want_reversals(const Trace& trace, std::size_t from) {
  Reversals reversals(*this, trace);
  for (std::size_t i = from; i < trace.moves.size(); ++i) reversals.of_move(i);
  for (std::size_t i = 0; i < trace.pending.size(); ++i) reversals.of_pending(i);
}

// Goes on to what is next to be tried there; false if there is nothing.
bool PartialOrder::advance(Node& node) const {
  if (node.choice) return ++node.chosen < node.options;
  const Threads left = node.wanted & ~node.tried & ~node.asleep;
  if (left == 0) return false;
  node.chosen = static_cast<std::uint32_t>(std::countr_zero(left));
  node.tried |= bit(node.chosen);
  return true;
}

}  // namespace redflag
