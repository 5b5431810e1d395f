#include "explore/driver/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "explore/driver/depth_first.h"
#include "explore/driver/ended.h"
#include "explore/driver/fork_server.h"
#include "explore/driver/investigation.h"
#include "explore/driver/launcher.h"
#include "explore/driver/looks.h"
#include "explore/driver/partial_order.h"
#include "explore/driver/raw_findings.h"
#include "explore/driver/recording.h"
#include "explore/driver/spec.h"
#include "process/cpus.h"

namespace redflag {
namespace {

using Clock = std::chrono::steady_clock;
using explorer::Page;
using explorer::Spec;

class Explorer {
 public:
  Explorer(const Target& target, SearchOptions options, const SearchProgress& progress)
      : target_(target),
        options_(std::move(options)),
        progress_(progress),
        launcher_(target, options_),
        investigation_(target, options_, launcher_) {}

  SearchResult go() {
    std::filesystem::create_directories(options_.folder / "logs");
    const OnCpu beside_the_executions(launcher_.cpu_of(0));
    result_.instrumented = target_.instrumented;
    scout_ = start_scout(0);
    start_ = Clock::now();  // on a busy machine the start alone may take as long as there is
    try {
      run_all();
      if (error_) std::rethrow_exception(error_);
    } catch (const CannotExplore& error) {
      if (investigation_.seen().empty()) throw;  // else what was found is not to be lost
      result_.error = error.what();
    }
    result_.distinct = options_.strategy == Strategy::noise ? 0 : hashes_.size();
    result_.interrupted = stopped();
    result_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    result_.shown = investigation_.shown();
    result_.discoveries = investigation_.take();
    return std::move(result_);
  }

 private:
  void run_all() {
    if (options_.strategy == Strategy::noise) return sample(1);
    first_schedule();
    options_.strategy == Strategy::exhaustive ? exhaust() : sample(sample_alone());
    if (!error_) investigation_.minimise_the_rest();
  }

  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  [[nodiscard]] bool over() {
    const std::chrono::duration<double> passed = Clock::now() - start_;
    const auto& seen = investigation_.seen();
    if (stopped() || error_ || (options_.until_finding && !seen.empty())) return true;
    const bool late = options_.seconds && passed.count() > *options_.seconds;
    if (!late && !options_.until_satisfied) return false;
    const bool satisfied = !options_.satisfied || options_.satisfied(seen);
    if (late && satisfied) investigation_.keep_as_found();
    if (options_.satisfied && options_.until_satisfied) return satisfied;
    return late && satisfied && result_.schedules >= options_.least_schedules;
  }

  // What noise shows is not run again, so the sanitizer names it at once.
  [[nodiscard]] std::unique_ptr<ForkServer> start_scout(unsigned worker) const {
    return launcher_.start(fmt::format("scout-{}", worker), options_.strategy == Strategy::noise,
                           worker);
  }

  // Schedule 1, without an interruption: how long an execution is, and whether it is the same
  // twice.
  void first_schedule() {
    one(*scout_, 1, prefix_spec(options_), {});
    const Page& page = scout_->page();
    expected_steps_ = std::max<std::uint64_t>(1, page.steps);
    const Recording first(page);
    const auto differs = [&] {
      scout_->run(prefix_spec(options_));
      return first.differs(page);
    };
    if (stopped() || !differs()) return;
    if (!launcher_.fresh()) {  // the first execution in a process is not like the others
      result_.leaves_state = true;
      launcher_.be_fresh();
      scout_->be_fresh();
      scout_->run(prefix_spec(options_));  // it may have been the last in the process that is there
      if (stopped() || !differs()) return;
    }
    Namer namer(target_.program);
    result_.nondeterminism = first.difference(page, namer);
  }

  // What races becomes a step. Which accesses those are must not depend on which of several workers
  // comes first: so one works alone until for some time no new ones are seen, and that is all.
  std::uint64_t sample_alone() {
    constexpr unsigned long_enough = 20;
    std::uint64_t schedule = 2;
    for (unsigned quiet = 0; quiet < long_enough && schedule <= options_.schedules && !over();
         ++schedule) {
      one(*scout_, schedule, sampling_spec(options_, schedule, expected_steps_), {});
      quiet = investigation_.adopt_racing() ? 0 : quiet + 1;
    }
    investigation_.settle_racing();
    return schedule;
  }

  void sample(std::uint64_t first) {
    std::atomic<std::uint64_t> next = first;
    const auto work = [&](unsigned worker) {
      try {
        const auto mine = worker == 0 ? std::move(scout_) : start_scout(worker);
        for (;;) {
          const std::uint64_t schedule = next++;
          if (schedule > options_.schedules || locked_over()) return;
          one(*mine, schedule, locked_spec(schedule), {});
        }
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
      }
    };
    // One works in this thread: a function of this process is explored by forking it, which must
    // have no other.
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < options_.jobs && !target_.child; ++i)
      workers.emplace_back([&, i] {
        const OnCpu beside_the_executions(launcher_.cpu_of(i));
        work(i);
      });
    work(0);
  }

  bool locked_over() {
    const std::lock_guard lock(mutex_);
    return over();
  }

  Spec locked_spec(std::uint64_t schedule) {
    const std::lock_guard lock(mutex_);
    return sampling_spec(options_, schedule, expected_steps_);
  }

  void exhaust() {
    if (options_.preemptions) {
      exhaust([&] { return DepthFirst(*options_.preemptions); }, [](const auto&, Spec&) {});
    } else {
      exhaust([] { return PartialOrder(); },
              [](const PartialOrder& tree, Spec& spec) { spec.asleep = tree.asleep(); });
    }
  }

  // With every access that turns out to race there are more steps, and the tree is another one.
  template <class MakeTree, class Complete>
  void exhaust(const MakeTree& make_tree, const Complete& complete) {
    auto tree = make_tree();
    bool fresh = investigation_.adopt_racing();
    bool more = fresh || tree.learn(scout_->page());
    for (std::uint64_t schedule = 2; more && schedule <= options_.schedules && !over();
         ++schedule) {
      Spec spec = prefix_spec(options_);
      spec.eviction = eviction_of(options_, schedule);
      if (!fresh) complete(tree, spec);
      one(*scout_, schedule, spec, fresh ? std::span<const std::uint16_t>() : tree.prefix());
      if (scout_->page().end == explorer::End::diverged) {
        if (result_.nondeterminism.empty())
          result_.nondeterminism = fmt::format("the program left its own schedule at step {}",
                                               scout_->page().diverged_at + 1);
        return;
      }
      fresh = investigation_.adopt_racing();
      if (fresh) tree = make_tree();
      more = fresh || tree.learn(scout_->page());
    }
    result_.complete = !more && !stopped() && !tree.too_many_threads() &&
                       result_.nondeterminism.empty() && result_.uncontrolled == 0;
  }

  void one(ForkServer& server, std::uint64_t schedule, const Spec& spec,
           std::span<const std::uint16_t> prefix) {
    const Execution execution = run_to_its_end(server, spec, prefix);
    if (execution.interrupted) return;
    const Page& page = server.page();
    if (page.end == explorer::End::overflow)
      throw CannotExplore(fmt::format("the program has more than {} threads", Page::most_threads));
    const std::string outcome = text_in(page.outcome);
    const std::string raw = raw_findings(page, execution);
    const std::lock_guard lock(mutex_);
    ++result_.schedules;
    result_.steps += page.steps;
    if (page.uncontrolled != 0 && result_.uncontrolled++ == 0) {
      Namer namer(target_.program);
      result_.uncontrolled_call = uncontrolled_call(page, namer);
    }
    hashes_.insert(page.hash);
    count(outcome, schedule);
    if (!raw.empty() && investigation_.add(schedule, raw, page, execution)) ++result_.with_finding;
    if (progress_) progress_(result_.schedules, investigation_.seen().size());
  }

  // An execution with more steps than it may have is a livelock if all that it still does is look.
  // If not, it may only be long: it gets ten times as many steps, and if they are enough, so do all
  // from then on.
  Execution run_to_its_end(ForkServer& server, const Spec& spec,
                           std::span<const std::uint16_t> prefix) {
    Execution execution = server.run(spec, prefix);
    const Page& page = server.page();
    Spec longer = spec;
    longer.max_steps = more_steps(spec.max_steps);
    if (page.end != explorer::End::livelock || only_looks(page) || livelock_is_sure() ||
        longer.max_steps <= spec.max_steps)
      return execution;
    execution = server.run(longer, prefix);
    if (execution.interrupted) return execution;
    const std::lock_guard lock(mutex_);
    if (page.end != explorer::End::livelock) {
      options_.max_steps = std::max(options_.max_steps, longer.max_steps);
      return execution;
    }
    livelock_is_sure_ = true;  // and that of later executions is taken for granted
    return server.run(spec, prefix);
  }

  bool livelock_is_sure() {
    const std::lock_guard lock(mutex_);
    return livelock_is_sure_;
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

  const Target& target_;
  SearchOptions options_;  // a copy: max_steps grows
  const SearchProgress& progress_;
  Launcher launcher_;
  Clock::time_point start_;
  std::uint64_t expected_steps_ = 1;
  std::unique_ptr<ForkServer> scout_;
  std::mutex mutex_;  // all that follows, and options_.max_steps
  bool livelock_is_sure_ = false;
  Investigation investigation_;
  SearchResult result_;
  std::set<std::uint64_t> hashes_;
  std::exception_ptr error_;
};

}  // namespace

SearchResult search(const Target& target, const SearchOptions& options,
                    const SearchProgress& progress) {
  return Explorer(target, options, progress).go();
}

}  // namespace redflag
