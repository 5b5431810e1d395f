#include "campaign/explored.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "campaign/declared.h"
#include "campaign/grade.h"
#include "campaign/project.h"
#include "explore/driver/interleaving.h"
#include "explore/driver/search.h"
#include "sanitizer/expected.h"

namespace redflag {
namespace {

// How much of a safe program's time each search may take. Those that end without a bound mostly do
// so at once; what the program is then known to be free of is worth more than what is left.
constexpr double unbounded_share = 1.0 / 8;
constexpr double bounded_share = 3.0 / 8;
constexpr double sampled_share = 1.0 / 4;
constexpr double disturbed_share = 1.0 / 4;
// On a busy machine the time may be over before anything was run: so many schedules are run all the
// same. Of fewer a rate means nothing; and programs that have no more are searched to their end.
constexpr std::uint64_t least_of_unsafe = 100;
constexpr std::uint64_t least_of_safe = 20;
constexpr std::uint64_t least_of_exhaustive = 100;
constexpr double least_to_minimise = 4;  // seconds; a class waits for it
constexpr std::uint32_t preemption_bound = 2;
constexpr std::uint64_t most_of_safe = 1000000;      // time ends it first
constexpr std::uint64_t calibration_search = 20000;  // those that end without a bound have fewer

class Exploration {
 public:
  Exploration(Run& run, const StressPlan& plan)
      : run_(run), plan_(plan), target_(examine({plan.program.string()})) {}

  std::vector<Finding> go() {
    if (!take_description(run_, plan_.description, plan_.program)) return {};
    if (plan_.calibrate && run_.side == Side::safe) {
      if (!exhaust(std::nullopt, std::nullopt, calibration_search))
        sample(std::nullopt, calibration_schedules, 0);
      disturb(std::nullopt, calibration_disturbed, 0);
    } else if (plan_.calibrate) {
      sample(std::nullopt, most_schedules, 0);
    } else if (run_.side == Side::unsafe) {
      sample(plan_.seconds, most_schedules, least_of_unsafe);
    } else {
      if (!exhaust(std::nullopt, plan_.seconds * unbounded_share, most_of_safe) &&
          !exhaust(preemption_bound, plan_.seconds * bounded_share, most_of_safe))
        sample(plan_.seconds * sampled_share, most_of_safe, least_of_safe);
      disturb(plan_.seconds * disturbed_share, most_of_safe, least_of_safe);
    }
    conclude();
    return std::move(findings_);
  }

 private:
  [[nodiscard]] SearchOptions options(std::optional<double> seconds, std::uint64_t schedules,
                                      std::uint64_t least) const {
    SearchOptions options;
    options.seconds = seconds;
    options.schedules = schedules;
    options.least_schedules = least;
    options.hang_after_seconds = plan_.hang_after_seconds;
    options.folder = plan_.log_folder;
    options.stop = plan_.stop;
    options.minimise = !plan_.calibrate;
    options.minimise_seconds = std::max(plan_.seconds, least_to_minimise);
    options.wanted = [this](const Finding& finding) {
      return std::ranges::any_of(run_.expected, [&](const ExpectedFinding& expected) {
        return expected.required && fits(expected, finding);
      });
    };
    options.first_cpu = plan_.worker;
    return options;
  }

  void sample(std::optional<double> seconds, std::uint64_t schedules, std::uint64_t least) {
    SearchOptions by_time = options(seconds, schedules, least);
    by_time.satisfied = [this](const std::vector<Finding>& seen) {
      return missing_findings(run_, seen).empty();
    };
    by_time.until_satisfied = plan_.until_expected && run_.side == Side::unsafe;
    take(search(target_, by_time));
    run_.search.strategy = run_.search.strategy.empty() ? "pos" : "exhaustive, then pos";
  }

  // A safe program is safe too where a thread is so slow that its time-out comes first, and where
  // waits end for no reason.
  void disturb(std::optional<double> seconds, std::uint64_t schedules, std::uint64_t least) {
    if (interrupted_ || !findings_.empty()) return;
    SearchOptions disturbed = options(seconds, schedules, least);
    disturbed.early_timeouts = disturbed.spurious = true;
    const SearchResult result = search(target_, disturbed);
    take(result);
    run_.search.disturbed = result.schedules;
  }

  // Whether nothing is left to be done: that was all, or there is a finding.
  bool exhaust(std::optional<std::uint32_t> preemptions, std::optional<double> seconds,
               std::uint64_t schedules) {
    SearchOptions all = options(seconds, schedules, least_of_exhaustive);
    all.strategy = Strategy::exhaustive;
    all.preemptions = preemptions;
    const SearchResult result = search(target_, all);
    take(result);
    run_.search.strategy = "exhaustive";
    run_.search.exhaustive = ExhaustiveSearch{preemptions, result.complete, result.schedules};
    return result.complete || result.interrupted || !findings_.empty();
  }

  void take(const SearchResult& result) {
    for (const auto& discovery : result.discoveries) {
      count(discovery);
      const std::uint64_t first = run_.executions + discovery.first_schedule;
      run_.executions_to_first_finding =
          std::min(run_.executions_to_first_finding.value_or(first), first);
      Finding finding = discovery.finding;
      finding.interleaving = interleaving_of(discovery.steps, discovery.pending);
      finding.log =
          std::filesystem::relative(plan_.log_folder / finding.log, plan_.campaign_folder);
      findings_.push_back(std::move(finding));
    }
    for (const auto& [signatures, schedules] : result.shown)
      count_together(signatures, schedules, result.discoveries);
    for (const auto& seen : result.outcomes)
      add_outcome(run_, plan_.description, seen.text, seen.count, seen.first_schedule);
    run_.executions += result.schedules;
    run_.processes += result.schedules;
    run_.processes_with_finding += result.with_finding;
    run_.seconds += result.seconds;
    run_.search.distinct += result.distinct;
    run_.search.steps += result.steps;
    interrupted_ |= result.interrupted;
    if (!result.error.empty()) add_reason("ended early: " + result.error);
    if (!result.nondeterminism.empty()) add_reason("not deterministic: " + result.nondeterminism);
  }

  void count(const Discovery& discovery) {
    const std::string& signature = discovery.finding.signature;
    const auto known = std::ranges::find(run_.findings, signature, &FindingCount::signature);
    if (known == run_.findings.end()) {
      run_.findings.push_back({signature, discovery.schedules});
    } else {
      known->processes += discovery.schedules;  // of an earlier search
    }
  }

  // Schedules that showed several findings count once for each kind and each expectation.
  void count_together(const std::vector<std::string>& signatures, std::uint64_t schedules,
                      const std::vector<Discovery>& discoveries) {
    std::vector<const Finding*> shown;
    std::set<Kind> kinds;
    for (const Discovery& discovery : discoveries) {
      if (std::ranges::find(signatures, discovery.finding.signature) == signatures.end()) continue;
      shown.push_back(&discovery.finding);
      kinds.insert(discovery.finding.kind);
    }
    add_kinds(run_, kinds, schedules);
    for (auto& expected : run_.expected) {
      if (std::ranges::any_of(shown,
                              [&](const Finding* finding) { return fits(expected, *finding); }))
        expected.processes += schedules;
    }
  }

  // Each search may tell of the same.
  void add_reason(const std::string& reason) {
    if (std::ranges::find(run_.reasons, reason) == run_.reasons.end())
      run_.reasons.push_back(reason);
  }

  void conclude() {
    add_unseen_outcomes(run_, plan_.description);
    run_.detection = rate(run_.processes_with_finding, run_.processes);
    if (interrupted_) {
      run_.status = Status::skipped;
      run_.reasons.emplace_back("interrupted");
    } else {
      run_.status = Status::ran;
      grade(run_, findings_);
    }
  }

  Run& run_;
  const StressPlan& plan_;
  Target target_;
  std::vector<Finding> findings_;
  bool interrupted_ = false;
};

}  // namespace

std::vector<Finding> explored(Run& run, const StressPlan& plan) {
  try {
    return Exploration(run, plan).go();
  } catch (const CannotExplore& error) {
    throw CannotRun(error.what());
  }
}

std::vector<Finding> carry_out(Run& run, const StressPlan& plan) {
  return run.mode == Mode::explore ? explored(run, plan) : stress(run, plan);
}

}  // namespace redflag
