#include "explore/driver/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "explore/driver/depth_first.h"
#include "explore/driver/findings.h"
#include "explore/driver/fork_server.h"
#include "explore/driver/minimise.h"
#include "explore/driver/partial_order.h"
#include "process/cpus.h"
#include "reports/write.h"

namespace redflag {
namespace {

using Clock = std::chrono::steady_clock;
using explorer::Page;
using explorer::Spec;
using explorer::StrategyId;

constexpr auto names =
    std::to_array<std::pair<Strategy, std::string_view>>({{Strategy::random, "random"},
                                                          {Strategy::pct, "pct"},
                                                          {Strategy::pos, "pos"},
                                                          {Strategy::exhaustive, "exhaustive"}});

// Neighbouring seeds must not give similar schedules, whatever the generator is.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t schedule) {
  std::uint64_t mixed = seed * 0x9e3779b97f4a7c15 + schedule * 0xd1b54a32d192ed03;
  mixed = (mixed ^ (mixed >> 32U)) * 0xd6e8feb86659fd93;
  return mixed ^ (mixed >> 32U);
}

class Explorer {
 public:
  Explorer(const Target& target, const SearchOptions& options, const SearchProgress& progress)
      : target_(target),
        options_(options),
        progress_(progress),
        fresh_(!target.inside && !target.child) {}

  SearchResult go() {
    std::filesystem::create_directories(options_.folder / "logs");
    start_ = Clock::now();
    result_.instrumented = target_.instrumented;
    first_schedule();
    if (options_.strategy == Strategy::exhaustive) {
      exhaust();
    } else {
      sample();
    }
    if (error_) std::rethrow_exception(error_);
    result_.distinct = hashes_.size();
    result_.interrupted = stopped();
    result_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    for (auto& [signature, discovery] : found_) result_.discoveries.push_back(std::move(discovery));
    std::ranges::sort(result_.discoveries, {}, &Discovery::first_schedule);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  [[nodiscard]] bool over() {
    const std::chrono::duration<double> passed = Clock::now() - start_;
    if (stopped() || error_ || (options_.until_finding && !found_.empty())) return true;
    const bool late = options_.seconds && passed.count() > *options_.seconds;
    if (!options_.satisfied || (!late && !options_.until_satisfied)) return late;
    return options_.satisfied(seen_);
  }

  [[nodiscard]] Spec base_spec() const {
    Spec spec = {};
    spec.strategy = StrategyId::prefix;
    spec.max_steps = options_.max_steps;
    spec.spurious = options_.spurious ? 1 : 0;
    return spec;
  }

  [[nodiscard]] Spec spec_of(std::uint64_t schedule) const {
    Spec spec = base_spec();
    spec.strategy = options_.strategy == Strategy::pct      ? StrategyId::pct
                    : options_.strategy == Strategy::random ? StrategyId::random
                                                            : StrategyId::pos;
    spec.depth = options_.depth;
    spec.seed = seed_of(options_.seed, schedule);
    spec.expected_steps = expected_steps_;
    return spec;
  }

  std::unique_ptr<ForkServer> server(const std::string& name, bool symbolize, int cpu) {
    ServerOptions options;
    options.log = options_.folder / "logs" / name;
    options.symbolize = symbolize;
    options.fresh = fresh_ || symbolize;
    static const std::vector<int> cpus = allowed_cpus();
    if (!cpus.empty())
      options.cpu = cpus[static_cast<std::size_t>(options_.first_cpu + cpu) % cpus.size()];
    options.hang_after_seconds = options_.hang_after_seconds;
    options.stop = options_.stop;
    return std::make_unique<ForkServer>(target_, options);
  }

  // Without an interruption: how long an execution is, and whether it is the same twice.
  void first_schedule() {
    scout_ = server("scout-0", false, 0);
    one(*scout_, 1, base_spec(), {});
    const Page& page = scout_->page();
    expected_steps_ = std::max<std::uint64_t>(1, page.steps);
    const std::uint64_t hash = page.hash;
    const std::vector<explorer::Event> events(
        page.events, page.events + std::min<std::size_t>(page.event_count, Page::most_events));
    const auto differs = [&] {
      scout_->run(base_spec());
      return page.hash != hash && page.uncontrolled == 0;
    };
    if (stopped() || !differs()) return;
    if (!fresh_) {  // the first execution in a process is not like the others
      result_.leaves_state = fresh_ = true;
      scout_->be_fresh();
      scout_->run(base_spec());  // it may have been the last one in the process that is there
      if (stopped() || !differs()) return;
    }
    tell_difference(events);
  }

  void tell_difference(const std::vector<explorer::Event>& before) {
    const Page& page = scout_->page();
    Namer namer(target_.program);
    std::size_t i = 0;
    const auto same = [&](const explorer::Event& a, const explorer::Event& b) {
      return a.thread == b.thread && a.action == b.action && a.object == b.object;
    };
    while (i < before.size() && i < page.event_count && same(before[i], page.events[i])) ++i;
    const auto steps = steps_of(page, namer);
    result_.nondeterminism = fmt::format(
        "two runs of one schedule differ from step {} on{}", i + 1,
        i < steps.size() ? fmt::format(": {} {} at {}", thread_name(steps[i].thread), steps[i].what,
                                       steps[i].place.empty() ? "?" : steps[i].place)
                         : "");
  }

  void sample() {
    std::atomic<std::uint64_t> next = 2;  // 1 was the one without an interruption
    const auto work = [&](unsigned worker) {
      try {
        const auto mine =
            worker == 0 ? std::move(scout_)
                        : server(fmt::format("scout-{}", worker), false, static_cast<int>(worker));
        for (;;) {
          const std::uint64_t schedule = next++;
          if (schedule > options_.schedules || locked_over()) return;
          one(*mine, schedule, spec_of(schedule), {});
        }
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
      }
    };
    // One works in this thread: a function of this process is explored by forking it, which must
    // have no other.
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < options_.jobs && !target_.child; ++i) workers.emplace_back(work, i);
    work(0);
  }

  bool locked_over() {
    const std::lock_guard lock(mutex_);
    return over();
  }

  void exhaust() {
    if (options_.preemptions) {
      DepthFirst tree(*options_.preemptions);
      exhaust(tree, [](Spec&) {});
    } else {
      PartialOrder tree;
      exhaust(tree, [&](Spec& spec) { spec.asleep = tree.asleep(); });
    }
  }

  template <class Tree, class Complete>
  void exhaust(Tree& tree, Complete complete) {
    bool more = tree.learn(scout_->page());
    for (std::uint64_t schedule = 2; more && schedule <= options_.schedules && !over();
         ++schedule) {
      Spec spec = base_spec();
      complete(spec);
      one(*scout_, schedule, spec, tree.prefix());
      if (scout_->page().end == explorer::End::diverged) {
        result_.nondeterminism = "the program did not follow its own schedule a second time";
        return;
      }
      more = tree.learn(scout_->page());
    }
    result_.complete = !more && !stopped() && !tree.too_many_threads() &&
                       result_.nondeterminism.empty() && result_.uncontrolled == 0;
  }

  void one(ForkServer& server, std::uint64_t schedule, const Spec& spec,
           std::span<const std::uint16_t> prefix) {
    const Execution execution = server.run(spec, prefix);
    if (execution.interrupted) return;
    const Page& page = server.page();
    if (page.end == explorer::End::overflow)
      throw CannotExplore(fmt::format("the program has more than {} threads", Page::most_threads));
    const std::string outcome = outcome_of(page);
    const std::string raw = raw_findings(page, execution);
    const std::lock_guard lock(mutex_);
    ++result_.schedules;
    result_.steps += page.steps;
    if (page.uncontrolled != 0) ++result_.uncontrolled;
    hashes_.insert(page.hash);
    count(outcome, schedule);
    if (!raw.empty()) {
      ++result_.with_finding;
      add(schedule, raw, page, execution);
    }
    if (progress_) progress_(result_.schedules, found_.size());
  }

  static std::string outcome_of(const Page& page) {
    return {page.outcome, strnlen(page.outcome, sizeof page.outcome)};
  }

  void count(const std::string& outcome, std::uint64_t schedule) {
    if (outcome.empty()) return;
    const auto known = std::ranges::find(result_.outcomes, outcome, &SeenOutcome::text);
    if (known == result_.outcomes.end()) {
      result_.outcomes.push_back({outcome, 1, schedule});
    } else {
      ++known->count;
    }
  }

  // Whatever showed it before is known by its raw name. Something new is run again by the same
  // schedule, with all that costs time: names, stacks, and then with fewer interruptions.
  void add(std::uint64_t schedule, const std::string& raw, const Page& page,
           const Execution& execution) {
    const auto [known, fresh] = known_.try_emplace(raw);
    if (fresh) known->second = investigate(schedule, page, execution);
    for (const auto& signature : known->second) {
      Discovery& discovery = found_.at(signature);
      ++discovery.schedules;
      discovery.first_schedule = std::min(discovery.first_schedule, schedule);
    }
  }

  std::vector<std::string> investigate(std::uint64_t schedule, const Page& page,
                                       const Execution& execution) {
    if (!detail_) {
      detail_ = server("detail", true, 0);
      namer_ = std::make_unique<Namer>(target_.program);
    }
    std::vector<std::uint16_t> steps = steps_taken(page);
    Spec spec = base_spec();
    spec.stacks = 1;
    const Execution again = detail_->run(spec, steps);
    auto findings = findings_of(detail_->page(), again, *namer_);
    const bool reproduced = !findings.empty() && detail_->page().end != explorer::End::diverged;
    if (!reproduced) findings = with_names(findings_of(page, execution, *namer_), findings);
    std::vector<std::string> signatures;
    for (auto& finding : findings) {
      signatures.push_back(finding.signature);
      if (!found_.contains(finding.signature))
        save(schedule, std::move(finding), steps, reproduced);
    }
    return signatures;
  }

  void save(std::uint64_t schedule, Finding finding, const std::vector<std::uint16_t>& steps,
            bool reproduced) {
    Discovery discovery;
    discovery.first_schedule = schedule;
    discovery.reproduced = reproduced;
    const std::string signature = finding.signature;
    std::vector<std::uint16_t> kept = steps;
    if (reproduced && options_.minimise) kept = minimised(finding, steps);
    Spec spec = base_spec();
    spec.stacks = 1;
    const Execution last = detail_->run(spec, kept);
    if (reproduced) {
      for (auto& seen : findings_of(detail_->page(), last, *namer_)) {
        if (seen.signature == signature) finding = std::move(seen);
      }
    }
    const Page& page = detail_->page();
    discovery.preemptions = page.preemptions;
    discovery.steps = steps_of(page, *namer_);
    discovery.pending = pending_steps(page, *namer_);
    const auto number = found_.size() + 1;
    finding.log = fmt::format("{}.log", number);
    write_file(options_.folder / finding.log, finding.text);
    discovery.file = options_.folder / fmt::format("{}.schedule", number);
    write_file(discovery.file, to_text(schedule_of(signature, schedule, page)));
    seen_.push_back(finding);
    discovery.finding = std::move(finding);
    found_.emplace(signature, std::move(discovery));
  }

  // What the sanitizer tells is known by names only, which it is slow to give.
  std::vector<std::uint16_t> minimised(const Finding& finding,
                                       const std::vector<std::uint16_t>& steps) {
    const bool named = finding.tool != "redflag";
    if (!named && !quick_) quick_ = server("quick", false, 0);
    ForkServer& server = named ? *detail_ : *quick_;
    constexpr unsigned most_slow_runs = 60;
    constexpr unsigned most_runs = 500;
    return minimise(
        server, base_spec(), steps,
        [&](const Execution& execution) {
          return shows(findings_of(server.page(), execution, *namer_), finding.signature);
        },
        named ? most_slow_runs : most_runs);
  }

  static bool shows(const std::vector<Finding>& findings, const std::string& signature) {
    return std::ranges::find(findings, signature, &Finding::signature) != findings.end();
  }

  [[nodiscard]] Schedule schedule_of(const std::string& signature, std::uint64_t number,
                                     const Page& page) const {
    Schedule schedule;
    schedule.argv = target_.argv;
    schedule.argv[0] = target_.program.string();
    schedule.body = target_.body;
    schedule.build_id = target_.build_id;
    schedule.signature = signature;
    schedule.found_by = fmt::format("{}, seed {}, schedule {}", to_string(options_.strategy),
                                    options_.seed, number);
    schedule.max_steps = options_.max_steps;
    schedule.spurious = options_.spurious;
    schedule.hash = page.hash;
    schedule.steps = steps_taken(page);
    return schedule;
  }

  const Target& target_;
  const SearchOptions& options_;
  const SearchProgress& progress_;
  bool fresh_;  // every execution in a process of its own
  Clock::time_point start_;
  std::uint64_t expected_steps_ = 1;
  std::unique_ptr<ForkServer> scout_;
  std::mutex mutex_;                    // all that follows
  std::unique_ptr<ForkServer> detail_;  // for what is new: all names
  std::unique_ptr<ForkServer> quick_;   // for minimisation
  std::unique_ptr<Namer> namer_;
  SearchResult result_;
  std::set<std::uint64_t> hashes_;
  std::map<std::string, std::vector<std::string>> known_;  // raw name to signatures
  std::map<std::string, Discovery> found_;                 // by signature
  std::vector<Finding> seen_;                              // the same findings, in order
  std::exception_ptr error_;
};

}  // namespace

std::optional<Strategy> strategy_from_string(std::string_view text) {
  for (const auto& [strategy, name] : names) {
    if (name == text) return strategy;
  }
  return std::nullopt;
}

std::string_view to_string(Strategy strategy) {
  for (const auto& [known, name] : names) {
    if (known == strategy) return name;
  }
  return "?";
}

SearchResult search(const Target& target, const SearchOptions& options,
                    const SearchProgress& progress) {
  return Explorer(target, options, progress).go();
}

}  // namespace redflag
