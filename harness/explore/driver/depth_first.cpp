#include "explore/driver/depth_first.h"

#include <algorithm>
#include <bit>

namespace redflag {

using explorer::Event;
using explorer::Page;

// Whether letting `thread` go on there interrupts one that could have gone on.
bool DepthFirst::costs(const Node& node, std::uint32_t thread) const {
  return !node.free && thread != node.before;
}

bool DepthFirst::learn(const Page& page) {
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  std::uint32_t before = 0;
  std::uint32_t spent = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Event& event = page.events[i];
    if (event.action == explorer::Action::choice) {
      if (i >= path_.size()) path_.push_back({true, static_cast<std::uint32_t>(event.enabled)});
      continue;
    }
    if (event.thread >= 64) too_many_threads_ = true;
    if (i >= path_.size()) {
      Node node;
      node.chosen = event.thread;
      node.before = before;
      node.preemptions = spent;
      const bool could = before < 64 && (event.enabled >> before & 1U) != 0;
      node.free = !could || (event.flags & Event::gave_way) != 0;
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
  if (node.choice) return ++node.chosen < node.options;
  while (node.untried != 0) {
    const auto thread = static_cast<std::uint32_t>(std::countr_zero(node.untried));
    node.untried &= node.untried - 1;
    if (node.preemptions + (costs(node, thread) ? 1 : 0) > bound_) continue;
    node.chosen = thread;
    return true;
  }
  return false;
}

}  // namespace redflag
