#include "explore/driver/investigation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "explore/driver/detailed.h"
#include "explore/driver/findings.h"
#include "explore/driver/minimise.h"
#include "explore/driver/racing.h"
#include "explore/driver/raw_findings.h"
#include "explore/driver/schedule.h"
#include "explore/driver/spec.h"
#include "explore/driver/strategies.h"
#include "reports/write.h"
#include "sanitizer/parse.h"

namespace redflag {
namespace {

using explorer::Page;
using explorer::Spec;

bool shows(const std::vector<Finding>& findings, const std::string& signature) {
  return std::ranges::find(findings, signature, &Finding::signature) != findings.end();
}

}  // namespace

Spec Investigation::spec() const {
  Spec spec = prefix_spec(options_);
  spec.eviction = eviction_;
  return spec;
}

bool Investigation::add(std::uint64_t schedule, const std::string& raw, const Page& page,
                        const Execution& execution) {
  // What is suppressed shows nothing where names are known. Nor may what is not, once in a while:
  // this process may have had other executions before, and ThreadSanitizer have forgotten others of
  // their accesses.
  constexpr unsigned most_silent = 10;
  const auto [known, fresh] = known_.try_emplace(raw);
  if (fresh || (known->second.empty() && ++silent_[raw] < most_silent))
    known->second = options_.strategy == Strategy::noise ? take_as_it_is(schedule, page, execution)
                                                         : investigate(schedule, page, execution);
  if (!known->second.empty()) ++shown_[known->second];
  for (const auto& signature : known->second) {
    Discovery& discovery = found_.at(signature);
    ++discovery.schedules;
    discovery.first_schedule = std::min(discovery.first_schedule, schedule);
  }
  return !known->second.empty();
}

bool Investigation::adopt_racing() {
  if (raced_.size() == launcher_.racing().size()) return false;
  launcher_.racing() = raced_;
  known_.clear();
  for (const auto& [signature, discovery] : found_) outdated_.insert(signature);
  return true;
}

void Investigation::settle_racing() {
  racing_is_settled_ = true;
  for (const auto& signature : wanted_first()) minimise_if_due(signature);
}

void Investigation::minimise_the_rest() {
  for (const auto& signature : wanted_first()) {
    const auto rest = unminimised_.find(signature);
    if (rest == unminimised_.end()) continue;
    launcher_.racing() = raced_;
    launcher_.racing().resize(rest->second.racing);
    minimise(signature);
  }
  launcher_.racing() = raced_;
}

std::vector<std::string> Investigation::wanted_first() const {
  std::vector<std::string> signatures;
  for (const bool wanted : {true, false}) {
    for (const Finding& finding : seen_) {
      if ((options_.wanted && options_.wanted(finding)) == wanted)
        signatures.push_back(finding.signature);
    }
  }
  return signatures;
}

std::vector<Discovery> Investigation::take() {
  std::vector<Discovery> discoveries;
  for (auto& [signature, discovery] : found_) discoveries.push_back(std::move(discovery));
  std::ranges::sort(discoveries, {}, &Discovery::first_schedule);
  found_.clear();
  known_.clear();
  seen_.clear();
  return discoveries;
}

std::vector<std::string> Investigation::take_as_it_is(std::uint64_t schedule, const Page& page,
                                                      const Execution& execution) {
  if (!namer_) namer_ = std::make_unique<Namer>(target_.program);
  std::vector<std::string> signatures;
  for (auto& finding : findings_of(page, execution, *namer_)) {
    signatures.push_back(finding.signature);
    if (!found_.contains(finding.signature)) enter(schedule, std::move(finding));
  }
  return signatures;
}

std::vector<std::string> Investigation::investigate(std::uint64_t schedule, const Page& page,
                                                    const Execution& execution) {
  if (!namer_) namer_ = std::make_unique<Namer>(target_.program);
  const std::vector<std::uint16_t> steps = steps_taken(page);
  eviction_ = page.spec.eviction;
  note_races(steps);
  if (auto known = known_signatures(findings_of(page, execution, *namer_))) return *known;
  const Execution again = run_again(steps);
  auto findings = findings_of(*page_, again, *namer_);
  const bool reproduced = !findings.empty() && page_->end != explorer::End::diverged;
  if (!reproduced) findings = with_names(findings_of(page, execution, *namer_), findings);
  if (!reproduced && target_.suppresses && page_->hash == page.hash)
    std::erase_if(findings, [](const Finding& finding) { return finding.tool != "redflag"; });
  std::vector<std::string> signatures;
  std::vector<std::string> saved;
  for (auto& finding : findings) {
    signatures.push_back(finding.signature);
    const bool better = reproduced && outdated_.erase(finding.signature) != 0;
    if (!better && found_.contains(finding.signature)) continue;
    saved.push_back(finding.signature);
    save(schedule, std::move(finding), reproduced);
  }
  for (const auto& signature : saved) minimise_if_due(signature);
  return signatures;
}

// With names and stacks. A child of this very process has other executions before it than the one
// that is run again, so that ThreadSanitizer does not forget the same in any case; and its reports
// always have names, which takes long.
Execution Investigation::run_again(const std::vector<std::uint16_t>& steps) {
  if (!detail_) detail_ = launcher_.start("detail", true, 0);
  if (!stacks_ && !target_.child) stacks_ = launcher_.start_for_stacks();
  Detailed detailed = run_in_detail(*detail_, stacks_.get(), spec(), steps);
  page_ = detailed.page;
  return std::move(detailed.execution);
}

// The sanitizer is slow to name what it tells, and our names are as good for telling it apart. Not
// what it would have kept silent about if it had known the names.
std::optional<std::vector<std::string>> Investigation::known_signatures(
    const std::vector<Finding>& findings) const {
  if (findings.empty() || target_.suppresses) return std::nullopt;
  std::vector<std::string> signatures;
  for (const Finding& finding : findings) {
    if (!found_.contains(finding.signature) || outdated_.contains(finding.signature))
      return std::nullopt;
    signatures.push_back(finding.signature);
  }
  return signatures;
}

// ThreadSanitizer otherwise tells of one race of each location only, and the other accesses to it
// would be no steps.
void Investigation::note_races(const std::vector<std::uint16_t>& steps) {
  if (!target_.instrumented || racing_is_settled_) return;
  if (!races_) races_ = launcher_.start_for_races();
  const Execution execution = races_->run(spec(), steps);
  for (const Finding& finding : parse_report(execution.sanitizer).findings)
    add_racing(raced_, finding, races_->page(), target_.program);
}

Discovery& Investigation::enter(std::uint64_t schedule, Finding finding) {
  const auto [entry, is_new] = found_.try_emplace(finding.signature);
  Discovery& discovery = entry->second;
  if (is_new) {
    discovery.first_schedule = schedule;
    seen_.push_back(finding);
  }
  finding.log = is_new ? fmt::format("{}.log", found_.size()) : discovery.finding.log;
  discovery.finding = std::move(finding);
  write_file(options_.folder / discovery.finding.log, discovery.finding.text);
  return discovery;
}

// As run_again() ran it last.
void Investigation::save(std::uint64_t schedule, Finding finding, bool reproduced) {
  const bool due = minimises_ || unminimised_.contains(finding.signature);
  Discovery& discovery = enter(schedule, std::move(finding));
  discovery.reproduced = reproduced;
  save_schedule(discovery, schedule);
  if (reproduced && options_.minimise && due)
    unminimised_[discovery.finding.signature] = {schedule, eviction_, launcher_.racing().size(),
                                                 steps_taken(*page_)};
}

void Investigation::save_schedule(Discovery& discovery, std::uint64_t schedule) {
  const Page& page = *page_;
  discovery.file = (options_.folder / discovery.finding.log).replace_extension(".schedule");
  discovery.preemptions = page.preemptions;
  discovery.steps = steps_of(page, *namer_);
  discovery.pending = pending_steps(page, *namer_);
  write_file(discovery.file, to_text(schedule_of(discovery.finding.signature, schedule)));
}

// Not before all that races is among its steps: it would have to be done again.
void Investigation::minimise_if_due(const std::string& signature) {
  const bool settled = racing_is_settled_ || options_.strategy == Strategy::exhaustive;
  if (settled && unminimised_.contains(signature) && !outdated_.contains(signature))
    minimise(signature);
}

std::chrono::milliseconds Investigation::time_to_minimise() const {
  constexpr std::chrono::milliseconds most(20000);  // of a program that computes much
  if (!options_.minimise_seconds) return options_.seconds ? most - minimising_ : most;
  const std::chrono::duration<double> all(*options_.minimise_seconds);
  return std::min(most, std::chrono::duration_cast<std::chrono::milliseconds>(all) - minimising_);
}

void Investigation::minimise(const std::string& signature) {
  const auto most_time = time_to_minimise();
  if (most_time.count() <= 0 || (options_.stop != nullptr && *options_.stop)) return;
  const auto start = std::chrono::steady_clock::now();
  const Unminimised found = std::move(unminimised_.extract(signature).mapped());
  eviction_ = found.eviction;
  const auto steps = minimised(found_.at(signature).finding, found.steps, most_time);
  const Execution last = run_again(steps);
  minimising_ += std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  if (last.interrupted) return;
  for (auto& seen : findings_of(*page_, last, *namer_)) {
    if (seen.signature != signature) continue;
    enter(found.schedule, std::move(seen));
    save_schedule(found_.at(signature), found.schedule);
  }
}

// Without the sanitizer's names, which are slow: ours tell whether an execution shows the finding,
// once for each raw name. What else the found execution shows may go.
std::vector<std::uint16_t> Investigation::minimised(const Finding& finding,
                                                    const std::vector<std::uint16_t>& steps,
                                                    std::chrono::milliseconds most_time) {
  if (!quick_) quick_ = launcher_.start("quick", false, 0);
  const Page& page = quick_->page();
  const Execution whole = quick_->run(spec(), steps);
  std::map<std::string, bool> shown = {{"", false}};  // by raw name
  shown.try_emplace(raw_findings(page, whole), true);
  constexpr unsigned most_runs = 500;
  return redflag::minimise(
      *quick_, spec(), steps,
      [&](const Execution& execution) {
        const auto [by_raw, is_new] = shown.try_emplace(raw_findings(page, execution));
        if (is_new)
          by_raw->second = shows(findings_of(page, execution, *namer_), finding.signature);
        return by_raw->second;
      },
      most_runs, most_time);
}

// Of the execution that run_again() ran last.
Schedule Investigation::schedule_of(const std::string& signature, std::uint64_t number) const {
  Schedule schedule;
  schedule.argv = target_.argv;
  schedule.argv[0] = target_.program.string();
  schedule.body = target_.body;
  schedule.build_id = target_.build_id;
  schedule.signature = signature;
  schedule.found_by =
      fmt::format("{}, seed {}, schedule {}", to_string(options_.strategy), options_.seed, number);
  schedule.max_steps = options_.max_steps;
  schedule.spurious = options_.spurious;
  schedule.early_timeouts = options_.early_timeouts;
  schedule.weak_memory = options_.weak_memory;
  schedule.eviction = eviction_;
  schedule.racing = launcher_.racing();
  schedule.hash = page_->hash;
  schedule.steps = steps_taken(*page_);
  return schedule;
}

}  // namespace redflag
