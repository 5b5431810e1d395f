#include "explore/driver/findings.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <optional>
#include <set>

#include "explore/driver/ended.h"
#include "explore/driver/looks.h"
#include "sanitizer/frame.h"
#include "sanitizer/parse.h"
#include "sanitizer/signature.h"

namespace redflag {
namespace {

using explorer::Action;
using explorer::End;
using explorer::Page;
using explorer::ThreadState;

std::string name_in_report(std::size_t i) {
  return i == 0 ? std::string("main thread") : thread_name(static_cast<std::uint32_t>(i));
}

std::string what_it_does(const Page& page, const ThreadState& thread) {
  const auto& object = page.objects[thread.object % Page::most_objects];
  const bool locks = thread.action == Action::mutex_lock || thread.action == Action::shared_lock;
  if (thread.action == Action::file_wait && object.type == explorer::ObjectType::none)
    return "polls";
  std::string text(locks ? "waits for" : verb_of_waiter(thread.action));
  if (thread.action == Action::thread_join && thread.holder >= 0)
    return fmt::format("{} {}", text, name_in_report(static_cast<std::size_t>(thread.holder)));
  if (object.type != explorer::ObjectType::none) text += " " + name_of(object);
  if (thread.holder >= 0)
    text += fmt::format(", held by {}", name_in_report(static_cast<std::size_t>(thread.holder)));
  return text;
}

Finding own(Kind kind, std::string message) {
  Finding finding;
  finding.kind = kind;
  finding.tool = "redflag";
  finding.message = std::move(message);
  return finding;
}

std::string text_of_stacks(const Finding& finding) {
  std::string text;
  for (const Stack& stack : finding.stacks) {
    text += fmt::format("\n  {}:\n", stack.title);
    int number = 0;
    for (const Frame& frame : stack.frames)
      text += fmt::format("    #{} {} {}\n", number++, frame.function,
                          frame.file.empty() ? fmt::format("({}+{:#x})", frame.module, frame.offset)
                                             : fmt::format("{}:{}", frame.file, frame.line));
  }
  return text;
}

void complete(Finding& finding) {
  finding.text = finding.message + "\n" + text_of_stacks(finding);
  if (finding.signature.empty()) finding.signature = signature_of(finding);
}

Finding stuck(const Page& page, Namer& namer) {
  std::string threads;
  Finding finding;
  for (std::size_t i = 0; i < thread_count(page); ++i) {
    const ThreadState& thread = page.threads[i];
    if (!lives(thread)) continue;
    const std::string title = name_in_report(i) + " " + what_it_does(page, thread);
    threads += (threads.empty() ? "" : "; ") + title;
    finding.stacks.push_back(
        {Role::side, title, name_in_report(i), namer.frames(page, thread.stack)});
  }
  if (page.end == End::livelock) {
    finding.kind = Kind::livelock;
    finding.message =
        only_looks(page)
            ? fmt::format("livelock: no end after {} steps", page.steps)
            : fmt::format(
                  "livelock, or only long: no end after {} steps; --max-steps gives it more",
                  page.steps);
  } else if (page.lost_wakeup != 0) {
    finding.kind = Kind::lost_wakeup;
    finding.message =
        "lost wake-up: no thread can go on, and one could if it were woken: " + threads;
  } else {
    finding.kind = Kind::deadlock;
    finding.message = "deadlock: no thread can go on: " + threads;
  }
  finding.tool = "redflag";
  return finding;
}

Finding leak(const Page& page, std::size_t thread, Namer& namer) {
  Finding finding =
      own(Kind::thread_leak,
          fmt::format("thread leak: {} {} when the program ended", name_in_report(thread),
                      lives(page.threads[thread]) || page.threads[thread].outlived != 0
                          ? "was still there"
                          : "had never been joined"));
  const auto stack = page.threads[thread].created_stack;
  finding.stacks.push_back({Role::side, "It was created", "",
                            stack != explorer::no_stack
                                ? namer.frames(page, page.stacks[stack % Page::most_stacks])
                                : namer.frames_at(page, page.threads[thread].created)});
  return finding;
}

// A sanitizer's own threads run nothing of the program. Of threads that are scheduled, one may not
// have been blocked but have computed, and where it stood is no name for that.
Finding hang(const Page& page, const Execution& execution) {
  Finding finding = own(Kind::hang, "hang: " + execution.hang);
  if (page.spec.strategy != explorer::StrategyId::noise) finding.signature = "hang";
  std::ranges::copy_if(
      execution.hung_threads, std::back_inserter(finding.stacks),
      [](const Stack& stack) { return std::ranges::any_of(stack.frames, is_user_frame); });
  return finding;
}

// What the execution saw, as the program itself judged it.
Finding forbidden(const Page& page) {
  Finding finding = own(Kind::forbidden_outcome, text_in(page.forbidden_message));
  finding.signature = text_in(page.forbidden);
  return finding;
}

// "terminate called after throwing an instance of 'std::runtime_error'", "  what():  boom"
std::string uncaught(const std::string& err) {
  constexpr std::string_view thrown = "terminate called after throwing an instance of '";
  constexpr std::string_view what = "what():  ";
  const auto start = err.find(thrown);
  if (start == std::string::npos) return {};
  const auto name = start + thrown.size();
  std::string text = err.substr(name, err.find('\'', name) - name);
  if (const auto said = err.find(what, name); said != std::string::npos) {
    const auto from = said + what.size();
    text += ": " + err.substr(from, err.find('\n', from) - from);
  }
  return text;
}

// The end of what the program printed: a test framework says there what failed.
std::string said(const Execution& execution) {
  constexpr std::size_t most = 2000;
  std::string text;
  for (const auto& [name, output] :
       {std::pair{"output", &execution.out}, {"error output", &execution.err}}) {
    if (output->empty()) continue;
    const std::size_t from = output->size() > most ? output->find('\n', output->size() - most) : 0;
    text += fmt::format("\n  Its {}{}:\n{}{}", name, from > 0 ? ", the end" : "",
                        output->substr(std::min(from, output->size())),
                        output->ends_with('\n') ? "" : "\n");
  }
  return text;
}

bool ended_by_itself(Kind kind) {
  return kind == Kind::unexpected_exit || kind == Kind::abort || kind == Kind::crash ||
         kind == Kind::uncaught_exception;
}

bool ended_by_sanitizer(const std::vector<Finding>& others) {
  return std::ranges::any_of(others, [](const Finding& f) { return f.tool != "redflag"; });
}

Finding of_abort(const Page& page, const Execution& execution) {
  const std::string what = uncaught(execution.err);
  std::string text = text_in(page.death_text);
  if (text.empty() || text == "abort") text = last_line(execution.err);
  Finding finding = what.empty() ? own(Kind::abort, "abort: " + text)
                                 : own(Kind::uncaught_exception, "uncaught exception " + what);
  return finding;
}

// The finding in how the program ended, if there is one.
std::optional<Finding> of_the_end(const Page& page, const Execution& execution,
                                  const std::vector<Finding>& others) {
  const int status = execution.status;
  const bool told = page.end == End::deadlock || page.end == End::livelock ||
                    page.end == End::diverged;  // by the explorer itself
  if (told || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) return std::nullopt;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) return of_abort(page, execution);
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    return own(Kind::crash, fmt::format("crash: SIG{}", name != nullptr ? name : "?"));
  }
  const int code = WEXITSTATUS(status);
  const bool explained = code == 0 || (code == sanitizer_exit && ended_by_sanitizer(others));
  const bool crashed = std::ranges::any_of(
      others, [](const Finding& finding) { return finding.kind == Kind::crash; });
  if (explained || crashed) return std::nullopt;
  return own(Kind::unexpected_exit, fmt::format("exit code {}", code));
}

bool told_by_sanitizer(const Finding& finding) { return finding.tool != "redflag"; }

std::multiset<Kind> told_kinds(const std::vector<Finding>& findings) {
  std::multiset<Kind> kinds;
  for (const auto& finding : findings) {
    if (told_by_sanitizer(finding)) kinds.insert(finding.kind);
  }
  return kinds;
}

}  // namespace

std::vector<Finding> findings_of(const Page& page, const Execution& execution, Namer& namer) {
  std::vector<Finding> findings = parse_report(execution.sanitizer).findings;
  for (Finding& finding : findings) {
    if (namer.name(finding, page)) finding.text += "\nWith names:\n" + text_of_stacks(finding);
  }
  std::vector<Finding> mine;
  if (page.end == End::deadlock || page.end == End::livelock) mine.push_back(stuck(page, namer));
  for (std::size_t i = 0; i < thread_count(page); ++i) {
    if (is_leaked(page, i)) mine.push_back(leak(page, i, namer));
  }
  if (page.forbidden[0] != '\0') mine.push_back(forbidden(page));
  if (!execution.hang.empty()) mine.push_back(hang(page, execution));
  if (auto finding = of_the_end(page, execution, findings)) {
    if (auto frames = namer.frames(page, page.death); !frames.empty())
      finding->stacks.push_back({Role::side, "Where it ended", "", std::move(frames)});
    mine.push_back(std::move(*finding));
  }
  for (auto& finding : mine) {
    if (finding.stacks.empty() && finding.signature.empty()) finding.signature = finding.message;
    complete(finding);
    if (ended_by_itself(finding.kind)) finding.text += said(execution);
    findings.push_back(std::move(finding));
  }
  std::vector<Finding> once;
  for (auto& finding : findings) {
    if (std::ranges::find(once, finding.signature, &Finding::signature) == once.end())
      once.push_back(std::move(finding));
  }
  return once;
}

std::vector<Finding> with_names(std::vector<Finding> unnamed, const std::vector<Finding>& named) {
  const auto wanted = told_kinds(unnamed);
  if (!std::ranges::includes(told_kinds(named), wanted)) {
    return unnamed;
  }
  std::erase_if(unnamed, told_by_sanitizer);
  std::ranges::copy_if(named, std::back_inserter(unnamed), [&](const Finding& finding) {
    return told_by_sanitizer(finding) && wanted.contains(finding.kind);
  });
  return unnamed;
}

}  // namespace redflag
