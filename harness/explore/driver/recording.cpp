#include "explore/driver/recording.h"

#include <fmt/format.h>

#include <algorithm>

namespace redflag {

using explorer::Event;
using explorer::Page;

Recording::Recording(const Page& page)
    : hash_(page.hash),
      events_(page.events,
              page.events + std::min<std::size_t>(page.event_count, Page::most_events)) {}

std::string Recording::difference(const Page& page, Namer& namer) const {
  const auto same = [](const Event& a, const Event& b) {
    return a.thread == b.thread && a.action == b.action && a.object == b.object;
  };
  std::size_t i = 0;
  while (i < events_.size() && i < page.event_count && same(events_[i], page.events[i])) ++i;
  const auto steps = steps_of(page, namer);
  return fmt::format("two runs of one schedule differ from step {} on{}", i + 1,
                     i < steps.size()
                         ? fmt::format(": {} {} at {}", thread_name(steps[i].thread), steps[i].what,
                                       steps[i].place.empty() ? "?" : steps[i].place)
                         : "");
}

}  // namespace redflag
