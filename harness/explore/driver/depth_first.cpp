#include "explore/driver/depth_first.h"

#include <algorithm>
#include <bit>

#include "explore/driver/trace.h"
#include "explore/runtime/dice.h"

namespace redflag {

using explorer::Event;
using explorer::Page;

namespace {

bool has_long_run(const Page& page) {
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  std::uint32_t run = 0;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Event& event = page.events[i];
    if (event.action == explorer::Action::choice) continue;
    if ((event.flags & Event::free_choice) != 0) ++run;
    if (event.thread != before) run = 0;
    if (run >= Page::longest_run) return true;
    before = event.thread;
  }
  return false;
}

}  // namespace

// Whether letting that thread go on there interrupts one that could have gone on; or whatever else
// there is a bound of.
bool DepthFirst::costs(const Node& node, std::uint32_t chosen) const {
  return !node.free && chosen != node.usual;
}

DepthFirst::Node DepthFirst::node_for(const Event& event, std::uint32_t before,
                                      std::uint32_t spent) const {
  Node node;
  node.spent = spent;
  node.choice = event.action == explorer::Action::choice;
  if (node.choice) {
    node.options = static_cast<std::uint32_t>(event.enabled);
    node.free = of_ == Bound::preemptions;
    return node;
  }
  node.chosen = event.thread;
  node.usual = of_ == Bound::preemptions ? before : event.thread;
  const bool could = before < 64 && (event.enabled >> before & 1U) != 0;
  const bool switches = !could || (event.flags & Event::gave_way) != 0;
  node.free = of_ == Bound::preemptions && switches;
  const std::uint64_t self = event.thread < 64 ? std::uint64_t{1} << event.thread : 0;
  node.untried = event.enabled & ~self;
  return node;
}

// Whether the schedules behind the node were all gone through from another beginning that leads to
// the same state and had spent no more of the bound. What they cost depends on who ran last, too.
bool DepthFirst::known(const Node& node, std::uint32_t before, std::uint64_t enabled,
                       std::uint64_t state) {
  if (!node.choice && node.untried == 0) return false;  // nothing to leave out
  for (const std::uint64_t part : {std::uint64_t{node.choice}, std::uint64_t{before},
                                   std::uint64_t{node.usual}, std::uint64_t{node.free}, enabled})
    state = explorer::mixed(state ^ part);
  const auto found = spent_in_.find(state);
  if (found != spent_in_.end()) {
    if (found->second <= node.spent) return true;
    found->second = node.spent;
  } else if (spent_in_.size() < most_states) {
    spent_in_.emplace(state, node.spent);
  }
  return false;
}

// Nothing is left out any more.
bool DepthFirst::begin_again_with_all() {
  leaves_out_ = false;
  spent_in_.clear();
  path_.clear();
  prefix_.clear();
  return true;
}

bool DepthFirst::learn(const Page& page) {
  // Whether a thread gives way after a long run depends on more than what came before what. And of
  // so many threads that a page cannot name them, it would take long to say what did.
  if (leaves_out_ && (page.thread_count > 64 || has_long_run(page))) {
    if (left_out_) return begin_again_with_all();
    leaves_out_ = false;
  }
  const std::vector<std::uint64_t> states =
      leaves_out_ ? Order(Trace(page)).states() : std::vector<std::uint64_t>();
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  std::uint32_t before = 0;
  std::uint32_t spent = 0;
  std::size_t i = 0;
  for (; i < count; ++i) {
    const Event& event = page.events[i];
    const bool choice = event.action == explorer::Action::choice;
    if (!choice && event.thread >= 64) too_many_threads_ = true;
    if (i >= path_.size()) {
      const Node node = node_for(event, before, spent);
      if (leaves_out_ && known(node, before, event.enabled, states[i])) {
        left_out_ = true;
        break;
      }
      path_.push_back(node);
    }
    if (costs(path_[i], path_[i].chosen)) ++spent;
    if (!choice) before = event.thread;
  }
  path_.resize(i);
  while (!path_.empty() && !advance(path_.back())) path_.pop_back();
  prefix_.clear();
  for (const Node& node : path_)
    prefix_.push_back(
        static_cast<std::uint16_t>(node.choice ? node.chosen | Page::choice_bit : node.chosen));
  return !path_.empty();
}

// Goes on to the node's next alternative within the bound; false if there is none.
bool DepthFirst::advance(Node& node) const {
  if (node.choice)
    return node.spent + (costs(node, node.chosen + 1) ? 1 : 0) <= bound_ &&
           ++node.chosen < node.options;
  while (node.untried != 0) {
    const auto thread = static_cast<std::uint32_t>(std::countr_zero(node.untried));
    node.untried &= node.untried - 1;
    if (node.spent + (costs(node, thread) ? 1 : 0) > bound_) continue;
    node.chosen = thread;
    return true;
  }
  return false;
}

}  // namespace redflag
