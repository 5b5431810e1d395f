#include "reports/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/words.h"

namespace redflag::reports {
namespace {

constexpr auto who_stops = std::to_array<Claim>({
    {"one thread, whose guard stops the engine", "safe: a clear lifetime", true,
     "each_worker_stops", "safe_single_owner"},
    {"each worker has a guard that stops it", "dangerous: it is stopped under the others", false,
     "each_worker_stops", "unsafe"},
    {"the owner waits for all workers, then stops it once", "recommended: one place decides", true,
     "each_worker_stops", "safe"},
});

constexpr auto stop_plans = std::to_array<Claim>({
    {"signal only", "does not guarantee that the threads end", false, "stop_without_wait",
     "unsafe"},
    {"wait only (measured: a join; the article: a counter)", "counted by hand, easy to get wrong",
     std::nullopt, "stop_without_wait", "unsafe_wait_only"},
    {"signal, then wait (stop token, deadline)", "recommended", true, "stop_without_wait", "safe"},
});

constexpr auto repeated = std::to_array<Claim>({
    {"a guard in each worker, a plain stop()", "called several times: resources collide", false,
     "repeated_stop", "unsafe"},
    {"the same with stop() in a once; no worker needs the engine any more", "safe: runs once", true,
     "repeated_stop", "safe"},
    {"the same with stop() in a once; others still need the engine", "safe: runs once", true,
     "each_worker_stops", "unsafe_once"},
});

constexpr auto once = std::to_array<Claim>({
    {"a plain flag by hand", "not thread-safe", false, "manual_stop_flag", "unsafe"},
    {"the same flag as an atomic, loaded, then stored", "not spoken of", std::nullopt,
     "manual_stop_flag", "unsafe_atomic"},
    {"call_once", "thread-safe, exactly once", true, "manual_stop_flag", "safe"},
});

constexpr auto wait_group = std::to_array<Claim>({
    {"a known number of workers, added before they start", "fits", true, "add_inside_worker",
     "safe"},
    {"workers that add themselves", "only if the moment of the add is controlled", std::nullopt,
     "add_inside_worker", "unsafe"},
    {"work that has to be cancelled: the wait group alone", "does not fit", false,
     "wait_without_signal", "unsafe"},
    {"work that has to be cancelled: with a stop signal", "fits, with a context", true,
     "wait_without_signal", "safe"},
});

constexpr auto shutdown = std::to_array<Claim>({
    {"closed is true: the second caller returns at once", "safe", true, "stop_returns_early",
     "unsafe"},
    {"closed is true: the second caller waits until the first is done", "not spoken of",
     std::nullopt, "stop_returns_early", "safe"},
    {"closed is false: the first caller destroys the mutex", "safe", true, "destroy_locked_mutex",
     "unsafe"},
    {"closed is false: it drains first, then destroys the mutex", "not spoken of", std::nullopt,
     "destroy_locked_mutex", "safe"},
});

constexpr auto tables = std::to_array<ArticleTable>({
    {"1", "Who stops the engine", who_stops},
    {"2.3", "Plans for a stop", stop_plans},
    {"2.5", "A stop that each worker calls", repeated},
    {"4.1", "A flag by hand, or once", once},
    {"4.3", "Where a wait group fits", wait_group},
    {"4.4", "The states of the re-entrant shutdown", shutdown},
});

bool ran_in_every_mode(const Variant& variant) {
  return std::ranges::all_of(all_modes_list, [&](Mode mode) {
    return std::ranges::any_of(variant.runs, [&](const Run* run) {
      return run != nullptr && run->mode == mode && run->status == Status::ran;
    });
  });
}

}  // namespace

std::span<const ArticleTable> article_tables() { return tables; }

const Variant* measured_by(const View& view, const Claim& claim) {
  for (const Scenario& scenario : view.scenarios) {
    if (scenario.info.name != claim.scenario) continue;
    const auto found = std::ranges::find(scenario.variants, claim.variant, &Variant::name);
    if (found != scenario.variants.end()) return &*found;
  }
  return nullptr;
}

std::optional<bool> found_safe(const Variant& variant) {
  const auto ran = [](const Run* run) { return run != nullptr && run->status == Status::ran; };
  if (std::ranges::any_of(variant.runs, [&](const Run* run) { return ran(run) && !clean(*run); }))
    return false;
  if (variant.side == Side::unsafe || !ran_in_every_mode(variant)) return std::nullopt;
  return true;
}

std::string seen_words(const View& view, const Run* run) {
  if (run == nullptr || run->status != Status::ran) return "·";
  const auto kinds = kinds_seen(view, *run);
  if (kinds.empty()) return fmt::format("nothing in {}", count(run->processes, unit(*run)));
  return fmt::format("{}/{} {}", number(run->processes_with_finding), number(run->processes),
                     kinds.front());
}

std::string measured_words(const Claim& claim, const Variant& variant) {
  const auto safe = found_safe(variant);
  if (!safe) return ran_in_every_mode(variant) ? "nothing seen" : "not in every mode";
  const bool agrees = !claim.said_to_be_safe || *claim.said_to_be_safe == *safe;
  return fmt::format("{}{}", *safe ? "holds" : "breaks",
                     agrees ? "" : ": the article is wrong here");
}

}  // namespace redflag::reports
