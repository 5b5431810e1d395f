#include "campaign/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::vector<ScenarioInfo> two_scenarios() {
  return {{"close_twice",
           "",
           "3.2",
           "",
           "",
           {{"unsafe", Side::unsafe, "", ""}, {"safe", Side::safe, "", ""}}},
          {"stop_late",
           "",
           "2.1",
           "",
           "",
           {{"unsafe", Side::unsafe, "", ""}, {"safe", Side::safe, "", ""}}}};
}

std::string error_of(const Request& request) {
  try {
    plan(two_scenarios(), request);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Plan, HasARunForEveryVariantAndMode) {
  const Campaign campaign = plan(two_scenarios(), {});
  EXPECT_THAT(campaign.runs, SizeIs(2 * 2 * 4));
  for (const auto& run : campaign.runs) {
    EXPECT_EQ(run.status, Status::skipped);
    EXPECT_EQ(run.side, run.variant == "safe" ? Side::safe : Side::unsafe);
  }
}

TEST(Plan, TakesOnlyWhatWasAskedForAndEachOnce) {
  Request request;
  request.scenarios = {"stop_late", "stop_late"};
  request.modes = {"tsan", "tsan"};
  const Campaign campaign = plan(two_scenarios(), request);
  ASSERT_THAT(campaign.runs, SizeIs(2));
  EXPECT_EQ(campaign.runs[0].scenario, "stop_late");
  EXPECT_EQ(campaign.runs[0].mode, Mode::tsan);
}

TEST(Plan, HasSearchesOfUnsafeProgramsDoneFirst) {
  Campaign campaign = plan(two_scenarios(), {});
  campaign.runs.front().status = Status::not_built;
  const auto order = longest_first(campaign.runs);
  ASSERT_THAT(order, SizeIs(2 * 2 * 4 - 1));
  for (std::size_t i = 0; i < order.size(); ++i)
    EXPECT_EQ(order[i]->mode == Mode::explore && order[i]->side == Side::unsafe, i < 2) << i;
}

TEST(Plan, TakesOneSideIfAsked) {
  Request request;
  request.side = "safe";
  const Campaign campaign = plan(two_scenarios(), request);
  ASSERT_THAT(campaign.runs, SizeIs(2 * 4));
  for (const auto& run : campaign.runs) EXPECT_EQ(run.side, Side::safe);
}

TEST(Plan, NamesThatAreNotKnownAreRefusedWithTheNearest) {
  Request request;
  request.scenarios = {"close_twise"};
  EXPECT_THAT(error_of(request), HasSubstr("did you mean close_twice?"));
  request = {};
  request.side = "saef";
  EXPECT_THAT(error_of(request), HasSubstr("side"));
  request = {};
  request.modes = {"tsaan"};
  EXPECT_THAT(error_of(request), HasSubstr("did you mean tsan"));
  request = {};
  request.compiler = "icc";
  EXPECT_THAT(error_of(request), HasSubstr("unknown compiler \"icc\""));
}

TEST(Plan, PresetsAndTargetsAreNamedAsCMakeNamesThem) {
  EXPECT_EQ(preset_of(Mode::tsan, "gcc"), "tsan");
  EXPECT_EQ(preset_of(Mode::asan, "clang"), "asan-clang");
  redflag::Run run;
  run.scenario = "close_twice";
  run.variant = "safe_once";
  EXPECT_EQ(target_of(run), "scenario.close_twice.safe_once");
}

}  // namespace
}  // namespace redflag
