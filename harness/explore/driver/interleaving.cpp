#include "explore/driver/interleaving.h"

#include <algorithm>

namespace redflag {
namespace {

// Whether step `i` is the first or the last of what its thread does in a row.
bool is_at_a_change(const std::vector<Step>& steps, std::size_t i) {
  return i == 0 || i + 1 == steps.size() || steps[i - 1].thread != steps[i].thread ||
         steps[i + 1].thread != steps[i].thread;
}

std::vector<std::size_t> kept(const std::vector<Step>& steps, std::size_t most) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps.size() <= most || is_at_a_change(steps, i)) all.push_back(i);
  }
  if (all.size() <= most) return all;
  const std::size_t head = most / 4;  // what matters is mostly at the end
  std::vector<std::size_t> ends(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(head));
  ends.insert(ends.end(), all.end() - static_cast<std::ptrdiff_t>(most - head), all.end());
  return ends;
}

}  // namespace

std::vector<InterleavingStep> interleaving_of(const std::vector<Step>& steps,
                                              const std::vector<Step>& pending, std::size_t most) {
  std::vector<InterleavingStep> shown;
  std::size_t next = 0;
  const auto is_end = [](const Step& step) {
    return step.what == verb_of(explorer::Action::execution_end);
  };
  for (const std::size_t i : kept(steps, most)) {
    const Step& step = steps[i];
    if (is_end(step)) continue;  // the harness's own
    shown.push_back(
        {thread_name(step.thread), step.what, step.place, step.preemption, false, i - next});
    next = i + 1;
  }
  for (const Step& step : pending) {
    if (!is_end(step))
      shown.push_back({thread_name(step.thread), step.what, step.place, false, true, 0});
  }
  return shown;
}

}  // namespace redflag
