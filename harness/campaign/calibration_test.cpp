#include "campaign/calibration.h"

#include <gtest/gtest.h>

namespace redflag {
namespace {

Campaign campaign_with(Mode mode, std::uint64_t hits, std::uint64_t processes, bool required) {
  Campaign campaign;
  Run& run = campaign.runs.emplace_back();
  run.mode = mode;
  run.status = Status::ran;
  run.verdict = Verdict::as_expected;
  run.processes = processes;
  run.expected = {{Kind::data_race, required, "", hits}};
  return campaign;
}

TEST(Calibration, AMustThatEveryProcessShowsHolds) {
  const Campaign campaign = campaign_with(Mode::tsan, 200, 200, true);
  const auto rows = calibration_of(campaign);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_GT(rows[0].rate.low, 0.98);
  EXPECT_LT(rows[0].missed, 1e-60);
  EXPECT_TRUE(holds(campaign));
}

// 52 long processes are started before a campaign says "missed": one in four is needed.
TEST(Calibration, AMustIsTooRareIfACampaignMissesItMoreThanOnceInAMillion) {
  EXPECT_TRUE(holds(campaign_with(Mode::tsan, 60, 200, true)));
  EXPECT_FALSE(holds(campaign_with(Mode::tsan, 40, 200, true)));
  EXPECT_TRUE(holds(campaign_with(Mode::tsan, 0, 200, false)));
}

// 1,000 schedules are run before mode explore says so.
TEST(Calibration, AScheduleMayBeRarer) {
  EXPECT_TRUE(holds(campaign_with(Mode::explore, 40, 1000, true)));
  EXPECT_FALSE(holds(campaign_with(Mode::explore, 10, 1000, true)));
}

TEST(Calibration, WhatIsNotDeclaredDoesNotHold) {
  Campaign campaign = campaign_with(Mode::tsan, 200, 200, true);
  campaign.runs[0].verdict = Verdict::unexpected;
  EXPECT_FALSE(holds(campaign));
}

}  // namespace
}  // namespace redflag
