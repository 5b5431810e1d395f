#include "cli/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redflag {
namespace {

using testing::HasSubstr;

std::string printed(const std::vector<ExpectedFinding>& expected) {
  Campaign campaign;
  redflag::Run& run = campaign.runs.emplace_back();
  run.scenario = "repeated_stop";
  run.variant = "unsafe";
  run.mode = Mode::tsan;
  run.status = Status::ran;
  run.verdict = Verdict::as_expected;
  run.processes = 200;
  run.expected = expected;
  testing::internal::CaptureStdout();
  print_calibration(campaign);
  return testing::internal::GetCapturedStdout();
}

TEST(PrintedCalibration, HasALineForEachDeclaration) {
  EXPECT_THAT(printed({{Kind::data_race, true, "stop", 200}}),
              HasSubstr("repeated_stop.unsafe tsan                       must data-race in stop    "
                        "                     200/200   98–100%  < 1e-6\n"));
}

TEST(PrintedCalibration, OfSafeProgramsIsNothing) { EXPECT_EQ(printed({}), ""); }

}  // namespace
}  // namespace redflag
