#include "campaign/stress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "campaign/declared.h"
#include "campaign/grade.h"
#include "campaign/project.h"
#include "process/cpus.h"
#include "reports/write.h"
#include "sanitizer/expected.h"

namespace redflag {
namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned most_slow_hangs = 2;  // each costs the whole hang limit
constexpr unsigned most_kept_logs = 10;  // beyond it only a log with a new signature is kept
constexpr unsigned most_harness_errors = 3;

class Stress {
 public:
  Stress(Run& run, const StressPlan& plan, const std::function<Trial(const TrialPlan&)>& trial)
      : run_(run),
        plan_(plan),
        trial_(trial),
        description_(plan.description),
        noisy_(noisy_target(run, plan)) {}

  std::vector<Finding> go() {
    if (!take_description(run_, description_, plan_.program)) return {};
    std::filesystem::create_directories(plan_.log_folder);
    const auto start = Clock::now();
    for (unsigned n = 1; wants_another(n, seconds_since(start)); ++n) add(trial_(trial_plan(n)), n);
    run_.seconds = seconds_since(start);
    run_.detection = rate(run_.processes_with_finding, run_.processes);
    conclude();
    return std::move(findings_);
  }

 private:
  // AddressSanitizer wants nothing loaded before its own runtime.
  static std::optional<Target> noisy_target(const Run& run, const StressPlan& plan) {
    if (run.mode == Mode::asan) return std::nullopt;
    try {
      return examine({plan.program.string()});
    } catch (const CannotExplore&) {  // Clang's ThreadSanitizer: linked in
      return std::nullopt;
    }
  }

  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  [[nodiscard]] bool wants_another(unsigned next, double seconds) const {
    if (stopped() || harness_errors_.size() >= most_harness_errors) return false;
    const bool all_seen = all_required_seen();
    if (all_seen && slow_hangs_ >= most_slow_hangs) return false;
    if (plan_.calibrate && run_.side == Side::safe) return seconds < calibration_seconds;
    if (plan_.calibrate)
      return next <= plan_.least_processes ||
             (next <= calibration_processes && run_.executions < calibration_executions);
    if (plan_.until_expected && next > 1 && run_.side == Side::unsafe && all_seen) return false;
    const unsigned least = all_seen ? plan_.least_processes : plan_.processes_before_missed;
    return seconds < plan_.seconds || next <= least;
  }

  [[nodiscard]] bool all_required_seen() const { return missing_findings(run_, findings_).empty(); }

  [[nodiscard]] bool stopped() const { return plan_.stop != nullptr && *plan_.stop; }

  [[nodiscard]] TrialPlan trial_plan(unsigned n) const {
    TrialPlan trial;
    trial.program = plan_.program;
    trial.mode = run_.mode;
    trial.description = description_;
    trial.hang_after_seconds = plan_.hang_after_seconds;
    // A calibration asks how likely those are to miss what the first few have missed.
    const bool calibrates = plan_.calibrate && run_.side == Side::unsafe;
    if (n > plan_.least_processes && (calibrates || !all_required_seen()))
      trial.seconds = plan_.seconds_before_missed;
    trial.log = plan_.log_folder / fmt::format("{:04}", n);
    trial.stop = plan_.stop;
    // Every third process has one core only: there threads change in the middle of things, on
    // several cores they meet at the same moment. Bugs differ in which of the two they need.
    static const std::vector<int> cpus = allowed_cpus();
    if (n % 3 == 0 && !cpus.empty()) trial.cpu = cpus[n / 3 % cpus.size()];
    // Every second has random delays where threads synchronise: orders that are rare become common,
    // and there are fewer executions.
    if (n % 2 == 0 && noisy_) trial.noisy = &*noisy_;
    trial.noise_seed = n;
    return trial;
  }

  void add(Trial trial, unsigned n) {
    if (trial.interrupted) return;
    if (!trial.harness_error.empty()) {
      keep_log(trial, n, true);
      harness_errors_.push_back(trial.harness_error);
      return;
    }
    ++run_.processes;
    if (trial.first_finding && !run_.executions_to_first_finding)
      run_.executions_to_first_finding = run_.executions + *trial.first_finding;
    run_.executions += trial.executions;
    run_.leaked_threads += trial.leaked_threads;
    if (!trial.findings.empty()) ++run_.processes_with_finding;
    std::set<Kind> kinds;
    for (const Finding& finding : trial.findings) kinds.insert(finding.kind);
    add_kinds(run_, kinds);
    for (auto& expected : run_.expected) {
      if (std::ranges::any_of(trial.findings, [&](const auto& f) { return fits(expected, f); }))
        ++expected.processes;
    }
    for (const auto& seen : trial.outcomes)
      add_outcome(run_, description_, seen.text, seen.count, seen.first_execution);
    if (trial.timed_out) ++slow_hangs_;
    bool fresh = n == 1;
    for (auto& finding : trial.findings) fresh |= add_finding(finding);
    if (fresh || !trial.findings.empty()) keep_log(trial, n, fresh);
    for (auto& finding : trial.findings) add_with_log(std::move(finding), n);
  }

  // Counts it; whether no earlier process showed it.
  bool add_finding(const Finding& finding) {
    const auto known =
        std::ranges::find(run_.findings, finding.signature, &FindingCount::signature);
    if (known == run_.findings.end()) {
      run_.findings.push_back({finding.signature, 1});
      return true;
    }
    ++known->processes;
    return false;
  }

  void add_with_log(Finding finding, unsigned n) {
    const bool known = std::ranges::any_of(findings_, [&](const Finding& other) {
      return other.signature == finding.signature && other.tool == finding.tool;
    });
    if (known) return;
    finding.log = std::filesystem::relative(log_file(n), plan_.campaign_folder);
    findings_.push_back(std::move(finding));
  }

  [[nodiscard]] std::filesystem::path log_file(unsigned n) const {
    return plan_.log_folder / fmt::format("{:04}.log", n);
  }

  void keep_log(const Trial& trial, unsigned n, bool always) {
    if (!always && kept_logs_ >= most_kept_logs) return;
    ++kept_logs_;
    write_file(log_file(n), trial.log_text);
  }

  void conclude() {
    add_unseen_outcomes(run_, description_);
    for (auto error = harness_errors_.begin(); error != harness_errors_.end(); ++error) {
      if (std::find(harness_errors_.begin(), error, *error) != error) continue;
      const auto times = std::ranges::count(harness_errors_, *error);
      run_.reasons.push_back(
          fmt::format("{} said nothing about the program: {}",
                      times > 1 ? fmt::format("{} processes", times) : "a process", *error));
    }
    if (stopped()) {
      run_.status = Status::skipped;
      run_.reasons.emplace_back("interrupted");
    } else if (!harness_errors_.empty() && (run_.side == Side::safe || run_.processes == 0)) {
      run_.status = Status::crashed_harness;
    } else if (run_.executions == 0) {
      run_.status = Status::timed_out;
      run_.reasons.emplace_back("no execution began");
    } else {
      run_.status = Status::ran;
      grade(run_, findings_);
    }
  }

  Run& run_;
  const StressPlan& plan_;
  const std::function<Trial(const TrialPlan&)>& trial_;
  const Description& description_;
  const std::optional<Target> noisy_;
  std::vector<Finding> findings_;
  std::vector<std::string> harness_errors_;
  unsigned slow_hangs_ = 0;
  unsigned kept_logs_ = 0;
};

}  // namespace

std::vector<Finding> stress(Run& run, const StressPlan& plan,
                            const std::function<Trial(const TrialPlan&)>& trial) {
  return Stress(run, plan, trial).go();
}

Description ask_for_description(const std::filesystem::path& file) {
  Command command;
  command.argv = {file.string(), "--describe"};
  // A sanitizer's word at exit (a leak in the description itself) is of no interest here.
  command.fixed_addresses = true;
  const Ended ended = run_child_for(command, 30);
  if (!ended.start_error.empty()) throw CannotRun(ended.start_error);
  try {
    return description_from_json(ended.out);
  } catch (const BadDocument& error) {
    throw CannotRun(fmt::format("{} --describe says nothing that redflag can read ({}){}{}",
                                file.string(), error.what(), ended.err.empty() ? "" : ": ",
                                ended.err.substr(0, 500)));
  }
}

}  // namespace redflag
