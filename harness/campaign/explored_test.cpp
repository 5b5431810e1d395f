// How far mode explore gets with safe programs.
#include "campaign/explored.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "explore/driver/test_folder.h"

namespace redflag {
namespace {

redflag::Run explored_for(double seconds, const std::string& scenario) {
  const TestFolder folder;
  StressPlan plan;
  plan.program = REDFLAG_BUILT "/" REDFLAG_EXPLORED_FOLDER "/" + scenario + "/safe";
  plan.description = ask_for_description(plan.program);
  plan.log_folder = plan.campaign_folder = folder.path();
  plan.seconds = seconds;
  redflag::Run run;
  run.scenario = plan.description.scenario;
  run.variant = plan.description.variant;
  run.side = plan.description.side;
  run.mode = Mode::explore;
  run.compiler = plan.description.compiler;
  EXPECT_TRUE(explored(run, plan).empty());
  EXPECT_EQ(run.verdict, Verdict::as_expected) << testing::PrintToString(run.reasons);
  EXPECT_TRUE(run.search.exhaustive);
  return run;
}

constexpr double plenty = 100;  // seconds; nothing here takes as long

TEST(Explored, ASafeProgramIsSearchedWithoutABound) {
  const auto run = explored_for(plenty, "stop_before_process");
  EXPECT_EQ(run.search.strategy, "exhaustive");
  EXPECT_TRUE(run.search.exhaustive->complete);
  EXPECT_FALSE(run.search.exhaustive->preemptions);
  EXPECT_GE(run.search.disturbed, 20U);
  EXPECT_EQ(run.search.exhaustive->schedules + run.search.disturbed, run.processes)
      << "no other search was needed";
}

// It has too many schedules without a bound.
TEST(Explored, ThenWithinTwoPreemptions) {
  const auto run = explored_for(4, "cancel_not_propagated");
  EXPECT_EQ(run.search.strategy, "exhaustive");
  EXPECT_TRUE(run.search.exhaustive->complete);
  EXPECT_EQ(run.search.exhaustive->preemptions, 2U);
  EXPECT_LT(run.search.exhaustive->schedules + run.search.disturbed, run.processes)
      << "there was one without a bound";
}

TEST(Explored, AndThenBySampling) {
  const auto run = explored_for(0.1, "process_after_stop");
  EXPECT_EQ(run.search.strategy, "exhaustive, then pos");
  EXPECT_FALSE(run.search.exhaustive->complete);
  EXPECT_EQ(run.search.exhaustive->preemptions, 2U);
}

}  // namespace
}  // namespace redflag
