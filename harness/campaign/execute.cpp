#include "campaign/execute.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "campaign/explored.h"
#include "campaign/plan.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

void add_findings(Campaign& campaign, std::vector<Finding> fresh) {
  for (auto& finding : fresh) {
    const auto known = std::ranges::find_if(campaign.findings, [&](const Finding& other) {
      return other.signature == finding.signature && other.tool == finding.tool;
    });
    if (known == campaign.findings.end()) {
      campaign.findings.push_back(std::move(finding));
    } else if (known->interleaving.empty() && !finding.interleaving.empty()) {
      *known = std::move(finding);  // mode explore tells more of it, and with its own thread names
    }
  }
}

class Execution {
 public:
  Execution(Campaign& campaign, const Project& project, const fs::path& folder,
            const std::atomic<bool>& stop, Observer& observer,
            const std::function<void(const Campaign&)>& save)
      : campaign_(campaign),
        project_(project),
        folder_(folder),
        stop_(stop),
        observer_(observer),
        save_(save) {}

  void go() {
    build_all();
    const unsigned jobs = std::max(1U, campaign_.environment.jobs);
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 0; i < jobs; ++i) workers.emplace_back([this, i] { work(i); });
    }
    if (error_) std::rethrow_exception(error_);
    campaign_.complete = !stop_;
    if (!campaign_.complete) tell_what_was_interrupted();
    save_(campaign_);
  }

 private:
  void build_all() {
    std::map<std::string, std::set<std::string>> targets;  // by preset
    for (const Run& run : campaign_.runs)
      targets[preset_of(run.mode, run.compiler)].insert(target_of(run));
    for (const auto& [preset, wanted] : targets) {
      if (stop_) return;
      const auto failed = build(project_, preset, {wanted.begin(), wanted.end()},
                                std::thread::hardware_concurrency(), stop_,
                                [this](const std::string& what) { observer_.step(what); });
      if (stop_) return;  // what an interrupted build did not make is skipped, not "not built"
      for (Run& run : campaign_.runs) {
        const auto found = failed.find(target_of(run));
        if (found == failed.end() || preset_of(run.mode, run.compiler) != preset) continue;
        run.status = Status::not_built;
        run.reasons = {found->second};
      }
    }
    to_do_ = longest_first(campaign_.runs);
    runnable_ = to_do_.size();
  }

  void tell_what_was_interrupted() {
    for (Run& run : campaign_.runs) {
      if (run.status == Status::skipped) run.reasons = {"interrupted"};
    }
  }

  void work(unsigned worker) {
    while (Run* run = next()) {
      try {
        one(*run, worker);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
      }
    }
  }

  // The next run to do, or null. A run belongs to the worker that took it until it is saved.
  Run* next() {
    const std::lock_guard lock(mutex_);
    if (to_do_.empty() || stop_ || error_) return nullptr;
    Run* run = to_do_.front();
    to_do_.pop_front();
    observer_.started(*run);
    return run;
  }

  void one(Run& planned, unsigned worker) {
    Run run = planned;
    std::vector<Finding> findings;
    try {
      findings = carry_out(run, stress_plan(run, worker));
    } catch (const CannotRun& error) {
      run.status = Status::crashed_harness;
      run.reasons = {error.what()};
    }
    const std::lock_guard lock(mutex_);
    run.program = fs::proximate(run.program, project_.root);
    planned = std::move(run);
    add_findings(campaign_, std::move(findings));
    save_(campaign_);
    observer_.finished(planned, ++done_, runnable_);
  }

  [[nodiscard]] StressPlan stress_plan(const Run& run, unsigned worker) const {
    const std::string preset = preset_of(run.mode, run.compiler);
    StressPlan plan;
    plan.program = project_.root / "build" / preset / program_of(run);
    plan.description = ask_for_description(plan.program);
    plan.log_folder = folder_ / "logs" /
                      (run.mode == Mode::explore ? "explore-" + run.compiler : preset) /
                      (run.scenario + "." + run.variant);
    plan.campaign_folder = folder_;
    plan.hang_after_seconds = campaign_.environment.hang_after_seconds;
    plan.seconds = campaign_.environment.budget_seconds * std::max(1U, campaign_.environment.jobs) /
                   static_cast<double>(std::max<std::size_t>(1, runnable_));
    plan.calibrate = campaign_.environment.budget_seconds == 0;
    plan.stop = &stop_;
    plan.worker = worker;
    return plan;
  }

  Campaign& campaign_;
  const Project& project_;
  const fs::path& folder_;
  const std::atomic<bool>& stop_;
  Observer& observer_;
  const std::function<void(const Campaign&)>& save_;
  std::mutex mutex_;
  std::deque<Run*> to_do_;
  std::size_t done_ = 0;
  std::size_t runnable_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void execute(Campaign& campaign, const Project& project, const fs::path& folder,
             const std::atomic<bool>& stop, Observer& observer,
             const std::function<void(const Campaign&)>& save) {
  Execution(campaign, project, folder, stop, observer, save).go();
}

}  // namespace redflag
