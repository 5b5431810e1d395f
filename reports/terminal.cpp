#include "reports/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/escape.h"
#include "reports/line_diff.h"
#include "reports/meeting.h"
#include "reports/terminal_parts.h"
#include "reports/words.h"
#include "sanitizer/expected.h"
#include "sanitizer/frame.h"

namespace redflag::reports {
namespace {

bool shown_by(const Seen& seen, const Variant& variant) {
  return std::ranges::any_of(seen.runs,
                             [&](const Run* run) { return run->variant == variant.name; });
}

bool must_be_seen(const Seen& seen, const Variant& variant) {
  return std::ranges::any_of(seen.runs, [&](const Run* run) {
    return run->variant == variant.name &&
           std::ranges::any_of(run->expected, [&](const ExpectedFinding& expected) {
             return expected.required && fits(expected, *seen.finding);
           });
  });
}

std::size_t places_in(const Scenario& scenario, const Finding& finding) {
  return static_cast<std::size_t>(std::ranges::count_if(finding.stacks, [&](const Stack& stack) {
    return stack.role == Role::side && std::ranges::any_of(stack.frames, [&](const Frame& frame) {
             return source_of(scenario, frame) != nullptr;
           });
  }));
}

// How much a finding tells a class. What the program declares comes first, for that is the mistake
// itself and not what follows from it; then both sides of it in the source.
std::size_t worth(const Scenario& scenario, const Variant& variant, const Seen& seen) {
  return (must_be_seen(seen, variant) ? 8U : 0U) +
         2 * std::min<std::size_t>(2, places_in(scenario, *seen.finding)) +
         (seen.finding->interleaving.empty() ? 0U : 1U);
}

std::vector<const Seen*> by_worth(const Scenario& scenario, const Variant& variant) {
  std::vector<const Seen*> all;
  for (const Seen& seen : scenario.findings) {
    if (shown_by(seen, variant)) all.push_back(&seen);
  }
  std::ranges::stable_sort(all, std::ranges::greater(),
                           [&](const Seen* seen) { return worth(scenario, variant, *seen); });
  return all;
}

// "plain 8 of 8 processes, explore 3 of 4 schedules"
std::string where_seen(const View& view, const Variant& variant, const Seen& seen) {
  std::string out;
  for (const Run* run : seen.runs) {
    if (run->variant != variant.name) continue;
    out += fmt::format("{}{}: {} of {}", out.empty() ? "" : ", ", visible(column_name(view, *run)),
                       number(processes_with(*run, seen.finding->signature)),
                       count(run->processes, unit(*run)));
  }
  return out;
}

std::string source_lines(const Source& source, int line, const Terminal& terminal) {
  const auto lines = lines_of(source.text);
  std::string out;
  for (int at = std::max(1, line - 1); at <= line + 1; ++at) {
    if (static_cast<std::size_t>(at) > lines.size()) break;
    const auto text = fmt::format("{} {:>4} | {}", at == line ? ">" : " ", at,
                                  visible(lines[static_cast<std::size_t>(at) - 1]));
    out += "    " + (at == line ? painted(text, Ink::red, terminal) : text) + "\n";
  }
  return out;
}

// "unsafe.cpp:10 in ~Queue, called from close (20), stop (17)"
std::string way_to(const std::vector<const Frame*>& frames) {
  constexpr std::size_t most = 4;
  std::string out = visible(place_of(*frames.front()));
  for (std::size_t i = 1; i < std::min(most, frames.size()); ++i)
    out += fmt::format("{}{} ({})", i == 1 ? ", called from " : ", ", visible(frames[i]->function),
                       frames[i]->line);
  return out;
}

// The place of a side: its first line in the scenario's own source, else the user's first frame.
std::string side_in_terminal(const Scenario& scenario, const Stack& stack,
                             const Terminal& terminal) {
  const bool told = stack.thread.empty() || stack.title.find(stack.thread) != std::string::npos;
  std::string out = "  " + visible(stack.title) + (told ? "" : visible(" (" + stack.thread + ")"));
  std::vector<const Frame*> own;
  for (const Frame& frame : stack.frames) {
    if (source_of(scenario, frame) != nullptr) own.push_back(&frame);
  }
  if (!own.empty()) {
    return fmt::format(
        "{}\n    {}\n{}", out, way_to(own),
        source_lines(*source_of(scenario, *own.front()), own.front()->line, terminal));
  }
  const Frame* const top = top_user_frame(stack);
  return out + (top == nullptr ? "" : "\n    " + visible(place_of(*top))) + "\n";
}

std::string finding_in_terminal(const View& view, const Scenario& scenario, const Variant& variant,
                                const Seen& seen, const Terminal& terminal) {
  const Finding& finding = *seen.finding;
  std::string out =
      fmt::format("{} {}\n", painted(to_string(finding.kind), Ink::red, terminal),
                  painted("(" + where_seen(view, variant, seen) + ")", Ink::quiet, terminal));
  out += fmt::format("  {}: {}{}\n", visible(finding.tool), visible(finding.message),
                     finding.location.empty() ? "" : ", " + visible(finding.location));
  for (const Stack& stack : finding.stacks) {
    if (stack.role == Role::side) out += side_in_terminal(scenario, stack, terminal);
  }
  return out;
}

// What only some orders show tells more of them than what any order shows.
std::vector<const Seen*>::const_iterator most_telling_order(
    const std::vector<const Seen*>& findings) {
  const auto interrupted = std::ranges::find_if(findings, [](const Seen* seen) {
    return std::ranges::any_of(seen->finding->interleaving, &InterleavingStep::preempts);
  });
  if (interrupted != findings.end()) return interrupted;
  return std::ranges::find_if(
      findings, [](const Seen* seen) { return !seen->finding->interleaving.empty(); });
}

// "  tsan     did not run: not built"
std::string not_run(const View& view, const Run& run, const Terminal& terminal) {
  return fmt::format("  {:<8} {}\n", visible(column_name(view, run)),
                     painted(state_words(run), Ink::red, terminal));
}

std::string unsafe_in_terminal(const View& view, const Scenario& scenario, const Variant& variant,
                               const Terminal& terminal) {
  std::string out =
      painted(visible(variant.name + ", " + variant.source->path), Ink::bold, terminal) + "\n";
  const auto findings = by_worth(scenario, variant);
  for (const Run* run : variant.runs) {
    if (run != nullptr && run->status != Status::ran) out += not_run(view, *run, terminal);
  }
  const bool ran = std::ranges::any_of(
      variant.runs, [](const Run* run) { return run != nullptr && run->status == Status::ran; });
  if (findings.empty()) return out + (ran ? "nothing was seen\n\n" : "\n");
  out += finding_in_terminal(view, scenario, variant, *findings.front(), terminal);
  const auto ordered = most_telling_order(findings);
  if (ordered != findings.end()) {
    const Finding& finding = *(*ordered)->finding;
    if (*ordered != findings.front())
      out += fmt::format("\nunder the explorer: {}\n  {}\n",
                         painted(to_string(finding.kind), Ink::red, terminal),
                         visible(finding.message));
    out += "\n" + interleaving_in_terminal(scenario, finding, terminal);
  }
  std::string others;
  for (const Seen* seen : findings) {
    if (seen == findings.front() || (ordered != findings.end() && seen == *ordered)) continue;
    others += fmt::format("  {} ({})\n", to_string(seen->finding->kind),
                          where_seen(view, variant, *seen));
  }
  if (!others.empty()) out += "\nalso seen:\n" + others;
  return out + "\n";
}

// "clean: plain 8 processes, tsan 8 processes, explore 115 schedules, …"
std::string safe_in_terminal(const View& view, const Scenario& scenario, const Variant& variant,
                             const Terminal& terminal) {
  std::string out =
      painted(visible(variant.name + ", " + variant.source->path), Ink::bold, terminal) + "\n";
  for (const Run* run : variant.runs) {
    if (run == nullptr) continue;
    if (run->status != Status::ran) {
      out += not_run(view, *run, terminal);
      continue;
    }
    const std::string search = search_words(*run);
    const std::string word = clean(*run) ? painted("clean", Ink::green, terminal)
                                         : painted(state_words(*run), Ink::red, terminal);
    out += fmt::format("  {:<8} {} in {}{}\n", visible(column_name(view, *run)), word,
                       run->mode == Mode::explore
                           ? count(run->executions, "schedule")
                           : fmt::format("{} of {}", count(run->executions, "execution"),
                                         count(run->processes, "process")),
                       search.empty() ? "" : ", " + search);
  }
  if (const Source* const twin = twin_of(scenario, variant)) {
    out += fmt::format("the fix, from {}:\n{}", visible(twin->variant),
                       diff_in_terminal(*twin, *variant.source, terminal));
  }
  return out + "\n";
}

// A program without the comment at its head and without what it declares to the harness.
std::string_view code_of(std::string_view text) {
  text.remove_prefix(std::min(text.find("#include"), text.size()));
  return text.substr(0, text.find("constexpr redflag::Program redflag::program"));
}

}  // namespace

std::string painted(std::string_view text, Ink ink, const Terminal& terminal) {
  if (!terminal.colour) return std::string(text);
  const auto* const code = ink == Ink::bold    ? "1"
                           : ink == Ink::red   ? "1;31"
                           : ink == Ink::green ? "32"
                                               : "2";
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

std::string diff_in_terminal(const Source& unsafe, const Source& safe, const Terminal& terminal) {
  std::string out;
  for (const auto& [sign, line] : diff_of(code_of(unsafe.text), code_of(safe.text), 3)) {
    if (sign == '@') {
      out += "  " + painted("…", Ink::quiet, terminal) + "\n";
      continue;
    }
    std::string text = fmt::format("{} {}", sign, visible(line));
    text.erase(text.find_last_not_of(' ') + 1);
    out += "  " +
           (sign == '-'   ? painted(text, Ink::red, terminal)
            : sign == '+' ? painted(text, Ink::green, terminal)
                          : text) +
           "\n";
  }
  return out;
}

std::string scenario_in_terminal(const View& view, const Scenario& scenario,
                                 const Terminal& terminal) {
  std::string out = fmt::format(
      "{}{}\n\n",
      painted(visible(scenario.info.name + ": " + scenario.info.title), Ink::bold, terminal),
      scenario.info.article.empty() ? "" : visible(" (article §" + scenario.info.article + ")"));
  for (const Side side : {Side::unsafe, Side::safe}) {
    for (const Variant& variant : scenario.variants) {
      if (variant.side != side || variant.source == nullptr) continue;
      out += side == Side::unsafe ? unsafe_in_terminal(view, scenario, variant, terminal)
                                  : safe_in_terminal(view, scenario, variant, terminal);
    }
  }
  return out;
}

}  // namespace redflag::reports
