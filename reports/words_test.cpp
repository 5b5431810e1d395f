#include "reports/words.h"

#include <gtest/gtest.h>

#include <limits>

namespace redflag::reports {
namespace {

TEST(Number, HasThousandsSeparators) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(999), "999");
  EXPECT_EQ(number(1000), "1,000");
  EXPECT_EQ(number(12345678), "12,345,678");
}

TEST(Count, IsSingularOnlyForOne) {
  EXPECT_EQ(count(0, "variant"), "0 variants");
  EXPECT_EQ(count(1, "process"), "1 process");
  EXPECT_EQ(count(1300, "process"), "1,300 processes");
}

TEST(Percent, IsNeverRoundedToAllOrNothing) {
  EXPECT_EQ(percent(0), "0%");
  EXPECT_EQ(percent(1), "100%");
  EXPECT_EQ(percent(0.00001), "<0.01%");
  EXPECT_EQ(percent(0.0034), "0.34%");
  EXPECT_EQ(percent(0.034), "3.4%");
  EXPECT_EQ(percent(0.154), "15%");
  EXPECT_EQ(percent(0.995), "99.5%");
  EXPECT_EQ(percent(0.99999), ">99.9%");
}

TEST(Interval, NamesItsUnitOnce) { EXPECT_EQ(interval(rate(13, 13)), "77–100%"); }

TEST(Significant, HasThreeDigits) {
  EXPECT_EQ(significant(0.5217), "0.522");
  EXPECT_EQ(significant(12.34), "12.3");
  EXPECT_EQ(significant(99.96), "100");
  EXPECT_EQ(significant(1234.4), "1,234");
  EXPECT_EQ(significant(std::numeric_limits<double>::infinity()), "?");
}

TEST(Times, IsTheRatioOfACost) {
  EXPECT_EQ(times({"s", "op", 0.52, 11.8}), "22.7×");
  EXPECT_EQ(times({"s", "op", 0, 11.8}), "?");
}

TEST(Duration, ChoosesItsUnits) {
  EXPECT_EQ(duration(3.21), "3.2 s");
  EXPECT_EQ(duration(9.97), "10 s");
  EXPECT_EQ(duration(125), "2 min 5 s");
  EXPECT_EQ(duration(3840), "1 h 4 min");
}

TEST(SearchWords, TellHowFarItGot) {
  redflag::Run run;
  EXPECT_EQ(search_words(run), "");
  run.search.exhaustive = {.preemptions = 2, .complete = false, .schedules = 90};
  EXPECT_EQ(search_words(run), "not all schedules within 2 preemptions");
  run.search.exhaustive->complete = true;
  EXPECT_EQ(search_words(run), "all schedules within 2 preemptions");
  run.search.exhaustive->preemptions.reset();
  EXPECT_EQ(search_words(run), "all schedules, any number of preemptions");
  run.search.disturbed = 20;
  EXPECT_EQ(search_words(run),
            "all schedules, any number of preemptions; 20 schedules with early time-outs and "
            "spurious wake-ups");
}

TEST(StateOf, ARunThatDidNotHappenIsNeverAsExpected) {
  redflag::Run run;
  run.verdict = Verdict::as_expected;
  for (const Status status :
       {Status::timed_out, Status::crashed_harness, Status::not_built, Status::skipped}) {
    run.status = status;
    EXPECT_EQ(state_of(run), State::not_judged);
    EXPECT_TRUE(state_words(run).starts_with("did not run: "));
  }
  run.status = Status::ran;
  EXPECT_EQ(state_of(run), State::as_expected);
  run.verdict.reset();
  EXPECT_EQ(state_of(run), State::not_judged);
  EXPECT_EQ(state_words(run), "no verdict");
}

}  // namespace
}  // namespace redflag::reports
