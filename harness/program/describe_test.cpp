#include "program/describe.h"

#include <gtest/gtest.h>

namespace redflag {
namespace {

constexpr Program sample{
    .body = [] { return Outcome{}; },
    .expect = {must(Mode::tsan, Kind::data_race, "stop"),
               may(Mode::plain | Mode::asan, Kind::forbidden_outcome)},
    .outcomes = {acceptable("done=4", "all done"), forbidden("done=*", "some lost")},
    .file = "/src/scenarios/close_twice/safe_once.cpp"};

TEST(Describe, TakesNameAndSideFromTheFile) {
  const Description description = describe(sample);
  EXPECT_EQ(description.scenario, "close_twice");
  EXPECT_EQ(description.variant, "safe_once");
  EXPECT_EQ(description.side, Side::safe);
}

TEST(Describe, AProgramKnowsItsOwnFile) {
  constexpr Program here{.body = nullptr, .expect = {}, .outcomes = {}};
  EXPECT_TRUE(here.file.ends_with("harness/program/describe_test.cpp")) << here.file;
}

TEST(Describe, NamesEachModeOfAnExpectation) {
  const std::vector<Description::InMode> wanted = {
      {Mode::tsan, {Kind::data_race, true, "stop"}},
      {Mode::plain, {Kind::forbidden_outcome, false, ""}},
      {Mode::asan, {Kind::forbidden_outcome, false, ""}}};
  EXPECT_EQ(describe(sample).expect, wanted);
}

TEST(FindOutcome, TheFirstPatternThatFitsDecides) {
  const Description description = describe(sample);
  EXPECT_TRUE(find_outcome(description, "done=4")->allowed);
  EXPECT_FALSE(find_outcome(description, "done=3")->allowed);
  EXPECT_EQ(find_outcome(description, "other"), nullptr);
}

}  // namespace
}  // namespace redflag
