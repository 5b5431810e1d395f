// How far mode explore gets with safe programs.
#include "campaign/explored.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "explore/driver/test_folder.h"

namespace redflag {
namespace {

redflag::Run explored_for(double seconds, const std::filesystem::path& program) {
  const TestFolder folder;
  StressPlan plan;
  plan.program = program;
  plan.description = ask_for_description(plan.program);
  plan.log_folder = plan.campaign_folder = folder.path();
  plan.seconds = seconds;
  redflag::Run run;
  run.scenario = plan.description.scenario;
  run.variant = plan.description.variant;
  run.side = plan.description.side;
  run.mode = Mode::explore;
  run.compiler = plan.description.compiler;
  explored(run, plan);
  return run;
}

redflag::Run safe_for(double seconds, const std::string& scenario) {
  redflag::Run run =
      explored_for(seconds, REDFLAG_BUILT "/" REDFLAG_EXPLORED_FOLDER "/" + scenario + "/safe");
  EXPECT_TRUE(run.findings.empty());
  EXPECT_EQ(run.verdict, Verdict::as_expected) << testing::PrintToString(run.reasons);
  EXPECT_TRUE(run.search.exhaustive);
  return run;
}

// It has two schedules. Without any time each search still runs its least.
TEST(Explored, ASafeProgramIsSearchedWithoutABound) {
  const auto run = safe_for(0, "missed_notification");
  EXPECT_EQ(run.search.strategy, "exhaustive");
  EXPECT_TRUE(run.search.exhaustive->complete);
  EXPECT_FALSE(run.search.exhaustive->preemptions);
  EXPECT_GE(run.search.disturbed, 20U);
  EXPECT_EQ(run.search.exhaustive->schedules + run.search.disturbed, run.processes)
      << "no other search was needed";
}

// It has more than a hundred schedules without a bound, and fewer within it.
TEST(Explored, ThenWithinTwoPreemptions) {
  const auto run = safe_for(0, "listener_ignores_stop");
  EXPECT_EQ(run.search.strategy, "exhaustive");
  EXPECT_TRUE(run.search.exhaustive->complete);
  EXPECT_EQ(run.search.exhaustive->preemptions, 2U);
  EXPECT_LT(run.search.exhaustive->schedules + run.search.disturbed, run.processes)
      << "there was one without a bound";
}

TEST(Explored, AndThenBySampling) {
  const auto run = safe_for(0, "process_after_stop");
  EXPECT_EQ(run.search.strategy, "exhaustive, then pos");
  EXPECT_FALSE(run.search.exhaustive->complete);
  EXPECT_EQ(run.search.exhaustive->preemptions, 2U);
}

TEST(Explored, ASafeProgramIsAlsoDisturbed) {
  const auto run = explored_for(0, REDFLAG_DISTURBED);
  EXPECT_EQ(run.search.disturbed, 20U);
  EXPECT_EQ(run.verdict, Verdict::false_alarm);
  std::vector<std::string> seen;
  for (const auto& finding : run.findings) seen.push_back(finding.signature);
  EXPECT_THAT(seen, testing::UnorderedElementsAre(testing::HasSubstr("woken_for_nothing=true*"),
                                                  testing::HasSubstr("*in_time=false")));
}

TEST(Explored, AnUnsafeProgramHasAHundredSchedules) {
  const auto run =
      explored_for(0, REDFLAG_BUILT "/" REDFLAG_EXPLORED_FOLDER "/missed_notification/unsafe");
  EXPECT_EQ(run.processes, 100U);
  EXPECT_EQ(run.search.disturbed, 0U);
}

}  // namespace
}  // namespace redflag
