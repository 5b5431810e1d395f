#include "model/campaign.h"

#include <gtest/gtest.h>

namespace redflag {
namespace {

Campaign campaign_of(std::initializer_list<Run> runs) {
  Campaign campaign;
  campaign.complete = true;
  campaign.runs = runs;
  return campaign;
}

Run run_with(Status status, std::optional<Verdict> verdict) {
  Run run;
  run.status = status;
  run.verdict = verdict;
  return run;
}

TEST(Rate, IsTheWilsonInterval) {
  const Rate ten_of_ten = rate(10, 10);
  EXPECT_DOUBLE_EQ(ten_of_ten.value, 1);
  EXPECT_NEAR(ten_of_ten.low, 0.7225, 0.0001);  // Wilson (1927), as any table gives it
  EXPECT_DOUBLE_EQ(ten_of_ten.high, 1);
  const Rate five_of_ten = rate(5, 10);
  EXPECT_NEAR(five_of_ten.low, 0.2366, 0.0001);
  EXPECT_NEAR(five_of_ten.high, 0.7634, 0.0001);
}

TEST(Rate, KnowsNothingWithoutTrials) { EXPECT_EQ(rate(0, 0), (Rate{0, 0, 1})); }

TEST(ExitCode, IsZeroOnlyWhenEveryRunIsAsExpected) {
  EXPECT_EQ(exit_code(campaign_of({run_with(Status::ran, Verdict::as_expected)})), 0);
}

TEST(ExitCode, ARunThatDidNotHappenIsNeverAPass) {
  for (const Status status :
       {Status::timed_out, Status::crashed_harness, Status::not_built, Status::skipped}) {
    EXPECT_EQ(exit_code(campaign_of(
                  {run_with(Status::ran, Verdict::as_expected), run_with(status, std::nullopt)})),
              3);
  }
  EXPECT_EQ(exit_code(campaign_of({run_with(Status::ran, std::nullopt)})), 3);
}

TEST(ExitCode, AnEmptyOrUnfinishedCampaignIsNoPass) {
  EXPECT_EQ(exit_code(campaign_of({})), 3);
  Campaign cut = campaign_of({run_with(Status::ran, Verdict::as_expected)});
  cut.complete = false;
  EXPECT_EQ(exit_code(cut), 3);
}

TEST(ExitCode, AWrongVerdictOutweighsAMissingRun) {
  for (const Verdict verdict : {Verdict::missed, Verdict::false_alarm, Verdict::unexpected}) {
    EXPECT_EQ(exit_code(campaign_of(
                  {run_with(Status::not_built, std::nullopt), run_with(Status::ran, verdict)})),
              1);
  }
}

}  // namespace
}  // namespace redflag
