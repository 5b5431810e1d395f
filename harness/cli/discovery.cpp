#include "cli/discovery.h"

#include <fmt/format.h>

#include <algorithm>

#include "sanitizer/frame.h"

namespace redflag {
namespace {

constexpr std::size_t most_stack_lines = 6;

void print_stack(const Stack& stack) {
  fmt::print("  {}\n", stack.title);
  std::size_t lines = 0;
  for (const Frame& frame : stack.frames) {
    if (!is_user_frame(frame) || lines++ == most_stack_lines) continue;
    fmt::print("      {} {}\n", frame.function,
               frame.file.empty() ? frame.module : fmt::format("{}:{}", frame.file, frame.line));
  }
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

// "T1 is interrupted at engine.h:41 before it unlocks mutex 1; T2 goes on"
void print_interruptions(const Discovery& discovery) {
  const auto& steps = discovery.steps;
  const auto count = std::ranges::count_if(steps, &Step::preemption);
  if (count == 0) {
    fmt::print("  no thread has to be interrupted for it\n");
    return;
  }
  fmt::print("  {} preemption{}:\n", count, count == 1 ? "" : "s");
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (!steps[i].preemption) continue;
    const auto interrupted = steps[i - 1].thread;
    fmt::print("      {} is interrupted", thread_name(interrupted));
    if (const Step* next = next_step(discovery, i, interrupted))
      fmt::print("{} before it {}", at(next->place), next->what);
    fmt::print("; {} {}{}\n", thread_name(steps[i].thread), steps[i].what, at(steps[i].place));
  }
}

}  // namespace

void print_discovery(const Discovery& discovery, std::uint64_t schedules) {
  const Finding& finding = discovery.finding;
  fmt::print("{}\n  {}\n", finding.signature, finding.message);
  for (const Stack& stack : finding.stacks) {
    if (stack.role == Role::side) print_stack(stack);
  }
  if (finding.stacks.size() == 1 && finding.stacks[0].role != Role::side)
    print_stack(finding.stacks[0]);
  print_interruptions(discovery);
  fmt::print("  first in schedule {}, shown by {} of {}\n", discovery.first_schedule,
             discovery.schedules, schedules);
  if (!discovery.reproduced) fmt::print("  the same schedule did not show it again\n");
  fmt::print("  replay: redflag replay {}\n\n", discovery.file.string());
}

void print_steps(const std::vector<Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    fmt::print("{:>6} {} {:<4} {}{}{}\n", i + 1, step.preemption ? "*" : " ",
               thread_name(step.thread), step.what, at(step.place),
               step.late ? " (its time was over)" : "");
  }
}

}  // namespace redflag
