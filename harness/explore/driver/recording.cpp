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
  std::size_t step = 0;  // of those that are told, which choices are not
  for (; i < events_.size() && i < page.event_count && same(events_[i], page.events[i]); ++i) {
    if (events_[i].action != explorer::Action::choice) ++step;
  }
  const auto steps = steps_of(page, namer);
  return fmt::format(
      "two runs of one schedule differ from step {} on{}", step + 1,
      step < steps.size()
          ? fmt::format(": {} {} at {}", thread_name(steps[step].thread), steps[step].what,
                        steps[step].place.empty() ? "?" : steps[step].place)
          : "");
}

}  // namespace redflag
