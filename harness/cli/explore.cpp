// redflag explore: a program under schedule after schedule.
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <thread>

#include "campaign/nearest.h"
#include "campaign/project.h"
#include "cli/duration.h"
#include "cli/interrupt.h"
#include "cli/verbs.h"
#include "explore/driver/narrative.h"
#include "explore/driver/search.h"
#include "explore/driver/strategies.h"

namespace redflag {
namespace {

// Nothing: no bound.
std::optional<std::uint32_t> parse_preemptions(const std::string& text) {
  if (text == "none") return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw UsageError(
        fmt::format("\"{}\" is not a number of preemptions; write 0, 1, 2 … or none", text));
  return number;
}

SearchOptions search_options(const ExploreProgramOptions& options) {
  SearchOptions search;
  const auto kind = strategy_from_string(options.strategy);
  if (!kind) throw UsageError(unknown_word("strategy", options.strategy, strategy_names()));
  search.strategy = *kind;
  search.schedules = options.schedules;
  if (options.time) search.seconds = parse_duration(*options.time);
  search.seed = options.seed;
  search.depth = options.depth;
  search.preemptions = parse_preemptions(options.preemptions);
  search.jobs = options.jobs;
  search.max_steps = options.max_steps;
  search.spurious = options.spurious;
  search.early_timeouts = options.early_timeouts;
  search.weak_memory = options.weak_memory;
  search.until_finding = options.until_finding;
  search.minimise = !options.no_minimise;
  search.hang_after_seconds = parse_duration(options.hang_after);
  search.folder = options.out;
  search.stop = &stop_on_interrupt();
  return search;
}

SearchProgress progress(std::uint64_t most) {
  if (isatty(STDERR_FILENO) != 1) return {};
  return [most](std::uint64_t schedules, std::size_t findings) {
    fmt::print(stderr, "\r{} of {} schedules, {} findings ", schedules, most, findings);
    std::fflush(stderr);
  };
}

void print_result(const SearchResult& result, const SearchOptions& options) {
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K");
  for (const auto& discovery : result.discoveries)
    fmt::print("{}\n", in_words(discovery, result.schedules));
  fmt::print("{}", in_words(result, options));
}

}  // namespace

Exit explore_program(const ExploreProgramOptions& options) {
  const SearchOptions search_for = search_options(options);
  const Target target = examine(options.program);
  const SearchResult result = search(target, search_for, progress(search_for.schedules));
  print_result(result, search_for);
  if (!result.discoveries.empty()) return Exit::findings;
  return result.interrupted || !result.error.empty() ? Exit::cannot_run : Exit::ok;
}

}  // namespace redflag
