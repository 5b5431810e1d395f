#include "explore/driver/looks.h"

#include <algorithm>
#include <map>

namespace redflag {
namespace {

using explorer::Action;
using explorer::Event;

bool looks(Action action) {
  switch (action) {
    case Action::atomic_load:
    case Action::memory_read:
    case Action::fence:
    case Action::yield:
    case Action::sleep:
    case Action::clock_read:
    case Action::file_wait:
    case Action::choice:
      return true;
    default:
      return false;
  }
}

bool same(const Event& a, const Event& b) {
  return a.action == b.action && a.object == b.object && a.caller == b.caller;
}

}  // namespace

bool only_looks(const explorer::Page& page) {
  std::map<std::uint16_t, const Event*> before;  // by thread
  for (std::uint32_t i = page.event_count / 2; i < page.event_count; ++i) {
    const Event& event = page.events[i];
    const auto [last, first] = before.try_emplace(event.thread, &event);
    if (!first && !looks(event.action) && !same(*last->second, event)) return false;
    last->second = &event;
  }
  return true;
}

std::uint64_t more_steps(std::uint64_t steps) {
  return std::max(steps, std::min<std::uint64_t>(10 * steps, explorer::Page::most_events));
}

}  // namespace redflag
