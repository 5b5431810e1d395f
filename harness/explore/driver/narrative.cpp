#include "explore/driver/narrative.h"

#include <fmt/format.h>

#include <algorithm>

#include "explore/driver/strategies.h"
#include "model/campaign.h"
#include "reports/words.h"
#include "sanitizer/frame.h"

namespace redflag {
namespace {

constexpr std::size_t most_stack_lines = 6;

std::string in_words(const Stack& stack) {
  std::string text = fmt::format("  {}\n", stack.title);
  std::size_t lines = 0;
  for (const Frame& frame : stack.frames) {
    if (!is_user_frame(frame) || lines++ == most_stack_lines) continue;
    text += fmt::format(
        "      {} {}\n", frame.function,
        frame.file.empty() ? frame.module : fmt::format("{}:{}", frame.file, frame.line));
  }
  return text;
}

std::string at(const std::string& place) { return place.empty() ? "" : " at " + place; }

// What `thread` does next from step `from` on, or would have done at the end.
const Step* next_step(const Discovery& discovery, std::size_t from, std::uint32_t thread) {
  const auto of_thread = [&](const Step& step) { return step.thread == thread; };
  const auto begin = discovery.steps.begin() + static_cast<std::ptrdiff_t>(from);
  const auto next = std::find_if(begin, discovery.steps.end(), of_thread);
  if (next != discovery.steps.end()) return &*next;
  const auto pending = std::ranges::find_if(discovery.pending, of_thread);
  return pending != discovery.pending.end() ? &*pending : nullptr;
}

// "T2 loads an older value of atomic 1, from before the last store, at queue.h:12"
std::string unusual(const Discovery& discovery, bool Step::*is, std::string_view one,
                    std::string_view several) {
  const auto count = std::ranges::count_if(discovery.steps, is);
  if (count == 0) return {};
  std::string text = fmt::format("  {} {}:\n", count, count == 1 ? one : several);
  for (const Step& step : discovery.steps) {
    if (!(step.*is)) continue;
    text += fmt::format("      {} {}{}\n", thread_name(step.thread), step.what,
                        step.place.empty() ? "" : "," + at(step.place));
  }
  return text;
}

std::string unusual(const Discovery& discovery) {
  return unusual(discovery, &Step::old_value, "load of an older value", "loads of older values") +
         unusual(discovery, &Step::fails_by_itself, "update that fails by itself",
                 "updates that fail by themselves");
}

// "T1 is interrupted at engine.h:41 before it unlocks mutex 1; T2 goes on"
std::string interruptions(const Discovery& discovery) {
  const auto& steps = discovery.steps;
  const auto count = std::ranges::count_if(steps, &Step::preemption);
  if (count == 0) return "  no thread has to be interrupted for it\n";
  std::string text = fmt::format("  {} preemption{}:\n", count, count == 1 ? "" : "s");
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (!steps[i].preemption) continue;
    const auto interrupted = steps[i - 1].thread;
    text += fmt::format("      {} is interrupted", thread_name(interrupted));
    if (const Step* next = next_step(discovery, i, interrupted))
      text += fmt::format("{} before it {}", at(next->place), next->what);
    text +=
        fmt::format("; {} {}{}\n", thread_name(steps[i].thread), steps[i].what, at(steps[i].place));
  }
  return text;
}

std::string per_second(const SearchResult& result, const char* what) {
  if (result.seconds <= 0) return {};
  return fmt::format(", {:.0f} {}/s", static_cast<double>(result.schedules) / result.seconds, what);
}

std::string how_to_see_it_again(const Discovery& discovery, std::uint64_t schedules) {
  std::string text = fmt::format("  first in schedule {}, shown by {} of {}\n",
                                 discovery.first_schedule, discovery.schedules, schedules);
  if (!discovery.reproduced) text += "  the same schedule did not show it again\n";
  return text + fmt::format("  replay: redflag replay {}\n", discovery.file.string());
}

// What noise showed has no schedule.
std::string odds(const Discovery& discovery, std::uint64_t executions) {
  const Rate odds = rate(discovery.schedules, executions);
  return fmt::format(
      "  first in execution {}, shown by {} of {}\n"
      "  no replay: run the same command again; {:.0f} % of its executions show it (95%: {:.0f} to "
      "{:.0f} %)\n",
      discovery.first_schedule, discovery.schedules, executions, 100 * odds.value, 100 * odds.low,
      100 * odds.high);
}

std::string extent(const SearchResult& result, const SearchOptions& options) {
  if (options.preemptions)
    return fmt::format("{} within {} preemptions",
                       result.complete ? "these are all schedules" : "there are more schedules",
                       *options.preemptions);
  return result.complete ? "these are all schedules; of those that differ only in the order of "
                           "independent steps, one"
                         : "there are more schedules";
}

std::string counts(const SearchResult& result, const SearchOptions& options) {
  if (options.strategy == Strategy::noise)
    return fmt::format(
        "{} executions (noise), {} steps, {:.1f} s{}\n"
        "their threads ran in parallel: nothing can be replayed or minimised. With the same seed, "
        "{}, the same delays are drawn, and a finding shows about as often.\n",
        result.schedules, result.steps, result.seconds, per_second(result, "executions"),
        options.seed);
  return fmt::format("{} ({}), {} of them distinct, {}, {:.1f} s{}\n",
                     reports::count(result.schedules, "schedule"), to_string(options.strategy),
                     result.distinct, reports::count(result.steps, "step"), result.seconds,
                     per_second(result, "schedules"));
}

}  // namespace

std::string in_words(const Discovery& discovery, std::uint64_t schedules) {
  const Finding& finding = discovery.finding;
  std::string text = fmt::format("{}\n  {}\n", finding.signature, finding.message);
  for (const Stack& stack : finding.stacks) {
    if (stack.role == Role::side) text += in_words(stack);
  }
  if (finding.stacks.size() == 1 && finding.stacks[0].role != Role::side)
    text += in_words(finding.stacks[0]);
  if (discovery.file.empty()) return text + odds(discovery, schedules);
  return text + interruptions(discovery) + unusual(discovery) +
         how_to_see_it_again(discovery, schedules);
}

std::string in_words(const std::vector<Step>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    text += fmt::format("{:>6} {} {:<4} {}{}{}\n", i + 1, step.preemption ? "*" : " ",
                        thread_name(step.thread), step.what, at(step.place),
                        step.late ? " (its time was over)" : "");
  }
  return text;
}

std::string in_words(const SearchResult& result, const SearchOptions& options) {
  std::string text = counts(result, options);
  if (options.strategy == Strategy::exhaustive) text += extent(result, options) + "\n";
  if (!result.nondeterminism.empty())
    text += fmt::format("not deterministic: {}; a replay may differ\n", result.nondeterminism);
  if (result.uncontrolled > 0)
    text += fmt::format(
        "in {} a thread left the schedule for a call that is not controlled, first {}; a replay "
        "may "
        "differ\n",
        reports::count(result.uncontrolled, "schedule"), result.uncontrolled_call);
  if (result.leaves_state)
    text += "an execution leaves something behind: each got a process of its own, which is slow\n";
  if (!result.instrumented)
    text += "built without -fsanitize=thread: atomic operations are no steps, no race is seen\n";
  if (!result.error.empty()) text += fmt::format("ended early: {}\n", result.error);
  return text + fmt::format("{}{}\n", reports::count(result.discoveries.size(), "finding"),
                            result.interrupted ? " (interrupted)" : "");
}

}  // namespace redflag
