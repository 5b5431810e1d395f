#include "explore/driver/investigation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

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

Spec Investigation::spec_with_stacks() const {
  Spec spec = this->spec();
  spec.stacks = 1;
  return spec;
}

bool Investigation::add(std::uint64_t schedule, const std::string& raw, const Page& page,
                        const Execution& execution) {
  const auto [known, fresh] = known_.try_emplace(raw);
  if (fresh)
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

bool Investigation::adopt_racing(std::vector<explorer::CodePlace>& racing) {
  if (raced_.size() == racing.size()) return false;
  racing = raced_;
  known_.clear();
  for (const auto& [signature, discovery] : found_) outdated_.insert(signature);
  return true;
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
    if (found_.contains(finding.signature)) continue;
    Discovery discovery;
    discovery.first_schedule = schedule;
    discovery.finding = std::move(finding);
    keep(std::move(discovery));
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
  if (!detail_) detail_ = launcher_.start("detail", true, 0);
  const Execution again = detail_->run(spec_with_stacks(), steps);
  auto findings = findings_of(detail_->page(), again, *namer_);
  const bool reproduced = !findings.empty() && detail_->page().end != explorer::End::diverged;
  if (!reproduced) findings = with_names(findings_of(page, execution, *namer_), findings);
  if (!reproduced && target_.suppresses && detail_->page().hash == page.hash)
    std::erase_if(findings, [](const Finding& finding) { return finding.tool != "redflag"; });
  std::vector<std::string> signatures;
  for (auto& finding : findings) {
    signatures.push_back(finding.signature);
    const bool better = reproduced && outdated_.erase(finding.signature) != 0;
    if (better || !found_.contains(finding.signature))
      save(schedule, std::move(finding), steps, reproduced);
  }
  return signatures;
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

void Investigation::save(std::uint64_t schedule, Finding finding,
                         const std::vector<std::uint16_t>& steps, bool reproduced) {
  const std::string signature = finding.signature;
  const auto before = found_.find(signature);
  Discovery discovery;
  if (before != found_.end()) discovery = std::move(before->second);
  discovery.first_schedule = before != found_.end() ? discovery.first_schedule : schedule;
  discovery.reproduced = reproduced;
  if (before == found_.end())
    discovery.file = options_.folder / fmt::format("{}.schedule", found_.size() + 1);
  std::vector<std::uint16_t> kept = steps;
  if (reproduced && options_.minimise && minimises_) {
    detail_->run(spec_with_stacks(), steps);
    write_file(discovery.file, to_text(schedule_of(signature, schedule)));  // if that is the end
    kept = minimised(finding, steps);
  }
  const Execution last = detail_->run(spec_with_stacks(), kept);
  if (reproduced) {
    for (auto& seen : findings_of(detail_->page(), last, *namer_)) {
      if (seen.signature == signature) finding = std::move(seen);
    }
  }
  const Page& page = detail_->page();
  discovery.preemptions = page.preemptions;
  discovery.steps = steps_of(page, *namer_);
  discovery.pending = pending_steps(page, *namer_);
  write_file(discovery.file, to_text(schedule_of(signature, schedule)));
  if (before != found_.end()) {
    finding.log = discovery.finding.log;
    discovery.finding = std::move(finding);
    before->second = std::move(discovery);
    return;
  }
  discovery.finding = std::move(finding);
  keep(std::move(discovery));
}

void Investigation::keep(Discovery discovery) {
  Finding& finding = discovery.finding;
  finding.log = fmt::format("{}.log", found_.size() + 1);
  write_file(options_.folder / finding.log, finding.text);
  seen_.push_back(finding);
  const std::string signature = finding.signature;
  found_.emplace(signature, std::move(discovery));
}

// Without names, which the sanitizer is slow to give: by what the finding is called raw, together
// with all else that the execution shows.
std::vector<std::uint16_t> Investigation::minimised(const Finding& finding,
                                                    const std::vector<std::uint16_t>& steps) {
  if (!quick_) quick_ = launcher_.start("quick", false, 0);
  const Page& page = quick_->page();
  const bool named = finding.tool != "redflag";
  const Execution whole = quick_->run(spec(), steps);
  const std::string raw = raw_findings(page, whole);
  constexpr unsigned most_runs = 500;
  constexpr std::chrono::seconds most_time(20);  // of a program that computes much
  return minimise(
      *quick_, spec(), steps,
      [&](const Execution& execution) {
        if (named) return raw_findings(page, execution) == raw;
        return shows(findings_of(page, execution, *namer_), finding.signature);
      },
      most_runs, most_time);
}

// Of the execution that the detailed server ran last.
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
  schedule.hash = detail_->page().hash;
  schedule.steps = steps_taken(detail_->page());
  return schedule;
}

}  // namespace redflag
