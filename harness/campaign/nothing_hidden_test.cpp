// The explorer hides nothing that ThreadSanitizer reports without it: of each program the findings
// of processes that run free are looked for under the explorer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <set>
#include <string>

#include "campaign/trial.h"
#include "explore/driver/search.h"
#include "explore/driver/target.h"
#include "explore/driver/test_folder.h"

namespace redflag {
namespace {

constexpr unsigned free_processes = 6;
constexpr unsigned most_free_processes = 60;  // if none of the first ones shows anything
constexpr std::uint64_t schedules = 200;

struct Tested {
  std::string name;
  std::string program;
  std::string explored;  // the same, but that Clang's has the explorer linked in
  bool seen = true;      // by ThreadSanitizer: some mistakes are none for it

  friend std::ostream& operator<<(std::ostream& out, const Tested& tested) {
    return out << tested.name;
  }
};

Tested scenario(const std::string& name, const std::string& variant = "unsafe") {
  const std::string file = "/" + name + "/" + variant;
  return {name + "_" + variant, REDFLAG_BUILT "/scenarios" + file,
          REDFLAG_BUILT "/" REDFLAG_EXPLORED_FOLDER + file};
}

Tested unseen(const std::string& name) {
  Tested tested = scenario(name);
  tested.seen = false;
  return tested;
}

std::optional<Target> noisy(const Tested& tested) {
  try {
    return examine({tested.program});
  } catch (const CannotExplore&) {  // Clang's ThreadSanitizer: linked in
    return std::nullopt;
  }
}

// Of each execution the first report only. Up to the first race of an execution all that matters is
// the order in which threads synchronise, and that is what the explorer decides. Behind it
// behaviour is undefined: a thread may then be where only the very timing of plain memory accesses
// gets it, or read memory that the next execution has got meanwhile.
std::set<std::string> signatures_of_free_processes(const Tested& tested) {
  const TestFolder folder;
  const auto noise = noisy(tested);
  TrialPlan plan;
  plan.program = tested.program;
  plan.mode = Mode::tsan;
  plan.executions = 1;
  plan.log = folder.path() / "free";
  std::set<std::string> signatures;
  for (unsigned n = 1;
       n <= free_processes || (tested.seen && signatures.empty() && n <= most_free_processes);
       ++n) {
    plan.noise_seed = n;
    plan.noisy = n % 2 == 0 && noise ? &*noise : nullptr;
    const auto findings = run_trial(plan).findings;
    if (!findings.empty() && findings[0].tool == "ThreadSanitizer")
      signatures.insert(findings[0].signature);
  }
  return signatures;
}

class NothingHidden : public testing::TestWithParam<Tested> {};

TEST_P(NothingHidden, BySchedulingThreadsOneByOne) {
  const auto wanted = signatures_of_free_processes(GetParam());
  if (!GetParam().seen && wanted.empty()) return;
  EXPECT_FALSE(wanted.empty()) << "no process that ran free showed anything";
  const TestFolder folder;
  SearchOptions options = test_options(folder, schedules);
  options.satisfied = [&](const std::vector<Finding>& seen) {
    return std::ranges::all_of(wanted, [&](const std::string& signature) {
      return std::ranges::find(seen, signature, &Finding::signature) != seen.end();
    });
  };
  options.until_satisfied = true;
  std::set<std::string> seen;
  for (const auto& discovery : search(examine({GetParam().explored}), options).discoveries)
    seen.insert(discovery.finding.signature);
  for (const auto& signature : wanted)
    EXPECT_TRUE(seen.contains(signature))
        << signature << " is not among" << testing::PrintToString(seen);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, NothingHidden,
    testing::Values(scenario("each_worker_stops"), scenario("stop_without_wait"),
                    scenario("repeated_stop"), scenario("process_after_stop"),
                    unseen("stop_before_process"), scenario("unlocked_counter"),
                    scenario("plain_flag_publication"), scenario("manual_stop_flag"),
                    unseen("stop_from_worker"), unseen("throw_escapes_worker"),
                    Tested{"simple_race", REDFLAG_SIMPLE_RACE, REDFLAG_EXPLORED_SIMPLE_RACE},
                    // What is no race.
                    scenario("destroy_locked_mutex"),
                    scenario("stop_holding_lock", "unsafe_lock_order"),
                    scenario("signal_handler_stops")),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace redflag
