#include "campaign/grade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag {
namespace {

using testing::HasSubstr;

Finding race_in(const std::string& function) {
  Finding finding;
  finding.kind = Kind::data_race;
  finding.signature = "data-race: a.cpp:" + function;
  finding.stacks = {{Role::side, "", "", {{"ns::" + function + "(int)", "a.cpp", 1, 0, "", 0}}}};
  return finding;
}

Run run_of(Side side, std::vector<ExpectedFinding> expected) {
  redflag::Run run;
  run.side = side;
  run.expected = std::move(expected);
  return run;
}

TEST(Grade, WhatMustBeSeenAndWasIsAsExpected) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::data_race, true, "stop"}});
  grade(run, {race_in("stop")});
  EXPECT_EQ(run.verdict, Verdict::as_expected);
}

TEST(Grade, WhatMustBeSeenAndWasNotIsMissed) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::data_race, true, "stop"}});
  grade(run, {});
  EXPECT_EQ(run.verdict, Verdict::missed);
  EXPECT_THAT(run.reasons.at(0), HasSubstr("data-race was not seen in stop"));
}

TEST(Grade, TheRightKindInTheWrongFunctionDoesNotCount) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::data_race, true, "stop"}});
  grade(run, {race_in("start")});
  EXPECT_EQ(run.verdict, Verdict::missed);
}

TEST(Grade, AHangThatNothingCouldTraceFitsByItsKind) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::hang, true, "stop"}});
  Finding hang;
  hang.kind = Kind::hang;
  grade(run, {hang});
  EXPECT_EQ(run.verdict, Verdict::as_expected);
}

TEST(Grade, WhatMayBeSeenMayBeAbsent) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::data_race, false, ""}});
  grade(run, {});
  EXPECT_EQ(run.verdict, Verdict::as_expected);
}

TEST(Grade, WhatIsNotDeclaredIsUnexpected) {
  redflag::Run run = run_of(Side::unsafe, {{Kind::hang, false, ""}});
  grade(run, {race_in("stop")});
  EXPECT_EQ(run.verdict, Verdict::unexpected);
  EXPECT_THAT(run.reasons.at(0), HasSubstr("data-race: a.cpp:stop"));
}

TEST(Grade, AnyFindingOfASafeVariantIsAFalseAlarm) {
  redflag::Run run = run_of(Side::safe, {});
  grade(run, {race_in("stop")});
  EXPECT_EQ(run.verdict, Verdict::false_alarm);
  redflag::Run clean = run_of(Side::safe, {});
  grade(clean, {});
  EXPECT_EQ(clean.verdict, Verdict::as_expected);
}

}  // namespace
}  // namespace redflag
