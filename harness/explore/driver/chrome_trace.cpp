#include "explore/driver/chrome_trace.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace redflag {

std::string chrome_trace(const explorer::Page& page, Namer& namer) {
  using nlohmann::json;
  json events = json::array();
  const auto threads = std::min<std::size_t>(page.thread_count, explorer::Page::most_threads);
  for (std::size_t i = 0; i < threads; ++i)
    events.push_back({{"ph", "M"},
                      {"name", "thread_name"},
                      {"pid", 1},
                      {"tid", i},
                      {"args", {{"name", thread_name(static_cast<std::uint32_t>(i))}}}});
  std::uint64_t time = 0;
  for (const Step& step : steps_of(page, namer)) {
    json arguments = {{"at", step.place}};
    if (step.preemption) arguments["preempts"] = true;
    if (step.late) arguments["late"] = true;
    events.push_back({{"ph", "X"},
                      {"name", step.what},
                      {"pid", 1},
                      {"tid", step.thread},
                      {"ts", time++},
                      {"dur", 1},
                      {"args", std::move(arguments)}});
  }
  return json{{"traceEvents", std::move(events)}, {"displayTimeUnit", "ns"}}.dump(1) + "\n";
}

}  // namespace redflag
