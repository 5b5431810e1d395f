// What is left of the schedule of a finding.
#include <gtest/gtest.h>

#include <algorithm>

#include "explore/driver/search.h"
#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

TEST(Minimise, LeavesOnePreemptionOfADeadlockFoundWithinTwentySchedules) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 20);
  options.minimise = true;
  const SearchResult result = search(explored_program("mutex_bug"), options);
  const auto found = std::ranges::find_if(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::deadlock;
  });
  ASSERT_NE(found, result.discoveries.end());
  EXPECT_TRUE(found->reproduced);
  EXPECT_EQ(found->preemptions, 1U) << "one thread between its two locks";
  EXPECT_TRUE(std::filesystem::exists(found->file));
}

Discovery deadlock_of_philosophers(std::optional<double> minimise_seconds) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 300);
  options.strategy = Strategy::random;
  options.minimise = true;
  options.minimise_seconds = minimise_seconds;
  options.satisfied = [](const std::vector<Finding>& seen) {
    return std::ranges::find(seen, Kind::deadlock, &Finding::kind) != seen.end();
  };
  options.until_satisfied = true;
  const SearchResult result = search(explored_program("philosophers_bug"), options);
  const auto found = std::ranges::find_if(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::deadlock;
  });
  return found == result.discoveries.end() ? Discovery() : *found;
}

// Found with more interruptions than that, and none of them can be left out alone.
TEST(Minimise, LeavesOnePreemptionOfTheDeadlockOfPhilosophers) {
  const Discovery found = deadlock_of_philosophers(std::nullopt);
  EXPECT_EQ(found.preemptions, 1U);
  const auto interrupted = std::ranges::find_if(found.steps, &Step::preemption);
  ASSERT_NE(interrupted, found.steps.end());
  EXPECT_EQ((interrupted - 1)->what.substr(0, 12), "locks mutex ") << "he has taken one fork";
}

// A race, for which no thread has to be interrupted, was found together with the lost update.
TEST(Minimise, LeavesOutWhatOnlyOtherFindingsOfTheExecutionNeed) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100);
  options.minimise = true;
  const SearchResult result = search(explored_program("lost_update_bug"), options);
  ASSERT_EQ(result.discoveries.size(), 2U);
  for (const Discovery& discovery : result.discoveries) {
    EXPECT_TRUE(discovery.reproduced);
    EXPECT_EQ(discovery.preemptions, discovery.finding.kind == Kind::data_race ? 0U : 1U)
        << discovery.finding.signature;
  }
}

TEST(Minimise, LeavesAScheduleAsItWasFoundIfThereIsNoTime) {
  EXPECT_GT(deadlock_of_philosophers(0).preemptions, 1U);
}

}  // namespace
}  // namespace redflag
