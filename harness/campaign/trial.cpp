#include "campaign/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <system_error>

#include "campaign/death.h"
#include "campaign/sanitizer_options.h"
#include "explore/driver/noise.h"
#include "model/own_finding.h"
#include "process/blocked.h"
#include "process/patience.h"
#include "process/stacks.h"
#include "sanitizer/parse.h"
#include "sanitizer/signature.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
constexpr std::size_t longest_log = 16 << 20;
// A sanitizer's runtime lays out its memory before the program begins. Where memory is short that
// takes seconds, and is no hang of the program's.
constexpr double loading_takes = 6;

// Two looks that find the same standstill are enough, however close they are: whoever could end it
// would have to run.
constexpr std::chrono::milliseconds look_interval(100);

constexpr int most_look_ups = 5;  // of names, by a sanitizer, each as long as a hang

// Watches a child for signs of life.
class HangWatch {
 public:
  HangWatch(const TrialPlan& plan, const SharedPage& page) : plan_(plan), page_(page) {}

  Watch look(pid_t child) {
    if (plan_.stop != nullptr && *plan_.stop) {
      interrupted_ = true;
      return Watch::kill;
    }
    const std::uint64_t completed = page_.completed();
    const auto now = Clock::now();
    const bool began = page_.running() && !began_;
    if (began || completed != completed_) {
      began_ |= began;
      completed_ = completed;
      looked_ = now;
      patience_.renew(now);
    }
    const auto waited = patience_.look(now);
    if (now - looked_ < look_interval) return Watch::go_on;
    looked_ = now;
    const ProgramStatus status = page_.read();
    const bool blocked = blocked_.stands_still(child, status.runtime_threads);
    const double limit = plan_.hang_after_seconds * (began_ ? 1 : loading_takes);
    const bool late = waited > std::chrono::duration<double>(limit);
    if (!blocked && !late) return Watch::go_on;
    hang_ = blocked ? "every thread waits without a time limit, so nobody is left to wake them"
                    : fmt::format("{} {:g} s",
                                  began_ ? "no execution ended for" : "it did not begin in", limit);
    stacks_ = thread_stacks(child, status.runtime_threads);
    if (!blocked && looks_up_names(stacks_) && look_ups_++ < most_look_ups) {
      hang_.clear();
      patience_.renew(Clock::now());
      return Watch::go_on;
    }
    timed_out_ = !blocked;
    return Watch::kill;
  }

  [[nodiscard]] bool interrupted() const { return interrupted_; }
  [[nodiscard]] bool timed_out() const { return timed_out_; }

  [[nodiscard]] std::optional<Finding> finding() const {
    if (hang_.empty()) return std::nullopt;
    Finding finding;
    finding.kind = Kind::hang;
    finding.tool = "redflag";
    finding.message = "hang: " + hang_;
    finding.stacks = stacks_.stacks;
    finding.text =
        fmt::format("{}\nStacks by {}:\n{}", finding.message, stacks_.tool, stacks_.text);
    finding.signature = signature_of(finding);
    return finding;
  }

 private:
  const TrialPlan& plan_;
  const SharedPage& page_;
  BlockedWatch blocked_;
  bool began_ = false;
  std::uint64_t completed_ = 0;
  Clock::time_point looked_ = Clock::now();
  Patience patience_{looked_};
  bool interrupted_ = false;
  bool timed_out_ = false;
  int look_ups_ = 0;
  std::string hang_;
  ThreadStacks stacks_;
};

Command command_of(const TrialPlan& plan, const SharedPage& page) {
  Command command;
  command.argv = {plan.program.string(), "--executions", std::to_string(plan.executions),
                  "--seconds", fmt::format("{}", plan.seconds)};
  command.environment = sanitizer_environment(plan.mode, plan.log.string());
  command.environment.emplace_back(status_fd_variable, std::to_string(page.fd()));
  command.inherited_fds = {page.fd()};
  command.cpu = plan.cpu;
  command.fixed_addresses = plan.mode != Mode::plain && needs_fixed_addresses();
  return command;
}

bool is_number(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The sanitizers wrote LOG.PID, one file a process; a program may have forked. Takes them away.
std::string take_sanitizer_logs(const fs::path& log) {
  std::string text;
  std::error_code error;
  const std::string prefix = log.filename().string() + ".";
  for (const auto& entry : fs::directory_iterator(log.parent_path(), error)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(prefix) || !is_number(name.substr(prefix.size()))) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::size_t before = text.size();
    text.resize(before + std::min<std::uintmax_t>(entry.file_size(error), longest_log - before));
    in.read(text.data() + before, static_cast<std::streamsize>(text.size() - before));
    text.resize(before + static_cast<std::size_t>(in.gcount()));
    fs::remove(entry.path(), error);
  }
  return text;
}

void add_once(std::vector<Finding>& findings, Finding finding) {
  const bool known = std::ranges::any_of(findings, [&](const Finding& other) {
    return other.signature == finding.signature && other.tool == finding.tool;
  });
  if (!known) findings.push_back(std::move(finding));
}

// Forbidden outcomes and leaked threads: what the program noted about its own executions.
void add_noted(const TrialPlan& plan, const ProgramStatus& status, Trial& trial) {
  const auto note_first = [&](std::uint64_t execution) {
    trial.first_finding = std::min(trial.first_finding.value_or(execution), execution);
  };
  for (const auto& outcome : status.outcomes) {
    auto finding = finding_of_outcome(plan.description, outcome.text);
    if (!finding) continue;
    note_first(outcome.first_execution);
    add_once(trial.findings, std::move(*finding));
  }
  if (status.leaked_threads > 0) {
    note_first(status.first_leak);
    add_once(trial.findings,
             own_finding(plan.description, Kind::thread_leak, "threads outlived their execution",
                         "outlived the execution"));
  }
  if (status.lost_outcomes > 0)
    add_once(trial.findings,
             own_finding(plan.description, Kind::forbidden_outcome,
                         fmt::format("more than {} different outcomes", StatusPage::outcome_slots),
                         "too many different outcomes"));
}

std::string log_of(const Command& command, const Ended& ended, const std::string& sanitizer,
                   const std::vector<Finding>& findings) {
  std::string text = "$";
  for (const auto& [name, value] : command.environment) text += fmt::format(" {}={}", name, value);
  for (const auto& word : command.argv) text += " " + word;
  text += ended.exit_code ? fmt::format("\nexit code {}", *ended.exit_code)
                          : fmt::format("\nended by signal {}", ended.signal);
  text += fmt::format(" after {:.3f} s\n", ended.seconds);
  const auto section = [&](std::string_view title, const std::string& body) {
    if (!body.empty()) text += fmt::format("\n--- {}\n{}\n", title, body);
  };
  section("sanitizer", sanitizer);
  section("stderr", ended.err);
  section("stdout", ended.out);
  for (const auto& finding : findings) {
    if (finding.tool == "redflag") section("redflag: " + finding.signature, finding.text);
  }
  return text;
}

}  // namespace

Trial run_trial(const TrialPlan& plan) {
  Trial trial;
  const SharedPage page;
  HangWatch hang(plan, page);
  Command command = command_of(plan, page);
  std::optional<Noise> noise;
  if (plan.noisy != nullptr) noise.emplace(plan.noise_seed).add_to(command, *plan.noisy);
  take_sanitizer_logs(plan.log);  // of somebody else's earlier process
  const Ended ended = run_child(command, [&](pid_t child) { return hang.look(child); });
  const ProgramStatus status = page.read();
  const std::string sanitizer = take_sanitizer_logs(plan.log);
  trial.interrupted = hang.interrupted();
  trial.executions = status.started;
  trial.leaked_threads = status.leaked_threads;
  trial.outcomes = status.outcomes;

  // A program without a sanitizer may print what looks like a report; it is none.
  Report report = plan.mode == Mode::plain ? Report{} : parse_report(sanitizer + "\n" + ended.err);
  for (auto& finding : report.findings) add_once(trial.findings, std::move(finding));
  if (status.first_report > 0) trial.first_finding = status.first_report;
  add_noted(plan, status, trial);
  const bool hung = hang.finding() && did_hang(ended);
  trial.timed_out = hung && hang.timed_out();
  if (hung) {
    add_once(trial.findings, *hang.finding());
  } else if (!trial.interrupted) {
    if (auto finding =
            finding_of_death(plan.program, ended, status, report.tool_errors, trial.findings))
      add_once(trial.findings, std::move(*finding));
  }
  if (!trial.findings.empty() && !trial.first_finding) trial.first_finding = status.started;
  trial.harness_error = harness_error(ended, status, report.tool_errors, trial.findings);
  trial.log_text = log_of(command, ended, sanitizer, trial.findings);
  return trial;
}

}  // namespace redflag
