#include "explore/driver/depth_first.h"

#include <algorithm>
#include <bit>

namespace redflag {

using explorer::Event;
using explorer::Page;

// Whether letting that thread go on there interrupts one that could have gone on; or whatever else
// there is a bound of.
bool DepthFirst::costs(const Node& node, std::uint32_t chosen) const {
  return !node.free && chosen != node.usual;
}

bool DepthFirst::learn(const Page& page) {
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  std::uint32_t before = 0;
  std::uint32_t spent = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Event& event = page.events[i];
    if (event.action == explorer::Action::choice) {
      if (i >= path_.size()) {
        Node node;
        node.choice = true;
        node.options = static_cast<std::uint32_t>(event.enabled);
        node.free = of_ == Bound::preemptions;
        node.spent = spent;
        path_.push_back(node);
      }
      if (costs(path_[i], path_[i].chosen)) ++spent;
      continue;
    }
    if (event.thread >= 64) too_many_threads_ = true;
    if (i >= path_.size()) {
      Node node;
      node.chosen = event.thread;
      node.usual = of_ == Bound::preemptions ? before : event.thread;
      node.spent = spent;
      const bool could = before < 64 && (event.enabled >> before & 1U) != 0;
      const bool switches = !could || (event.flags & Event::gave_way) != 0;
      node.free = of_ == Bound::preemptions && switches;
      const std::uint64_t self = event.thread < 64 ? std::uint64_t{1} << event.thread : 0;
      node.untried = event.enabled & ~self;
      path_.push_back(node);
    }
    if (costs(path_[i], event.thread)) ++spent;
    before = event.thread;
  }
  path_.resize(count);
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
