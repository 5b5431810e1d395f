#include "cli/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace redflag {
namespace {

using testing::HasSubstr;
using testing::Not;

redflag::Run long_named() {
  redflag::Run run;
  run.scenario = "guard_order_across_threads_of_one_pool";
  run.variant = "unsafe_with_a_name_that_is_long";
  run.mode = Mode::tsan;
  run.status = Status::ran;
  run.verdict = Verdict::as_expected;
  return run;
}

std::string shown(std::size_t columns, Verdict verdict) {
  testing::internal::CaptureStdout();
  {
    Progress progress(columns);
    redflag::Run run = long_named();
    progress.step("building 2 programs for tsan");
    progress.started(run);
    run.verdict = verdict;
    run.reasons = {"one\ntwo"};
    progress.finished(run, 1, 2);
    progress.started(run);
  }
  return testing::internal::GetCapturedStdout();
}

TEST(Progress, IsOneLineOnATerminalAndNothingIsLeftOfIt) {
  const std::string text = shown(200, Verdict::as_expected);
  EXPECT_THAT(text, HasSubstr("building 2 programs for tsan ...\r\033[K"));
  EXPECT_THAT(text, HasSubstr("1/2 guard_order"));
  EXPECT_THAT(text, Not(HasSubstr("\n")));
  EXPECT_TRUE(text.ends_with("\r\033[K"));
}

TEST(Progress, FitsIntoTheTerminal) {
  for (const std::size_t columns : {1U, 20U, 80U, 200U}) {
    std::string text = shown(columns, Verdict::as_expected);
    constexpr std::string_view taken_back = "\r\033[K";
    while (!text.empty()) {
      const auto end = text.find(taken_back);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LT(end, columns);
      text.erase(0, end + taken_back.size());
    }
  }
}

TEST(Progress, WhatIsNotAsExpectedStaysOnTheTerminal) {
  EXPECT_THAT(shown(80, Verdict::missed), HasSubstr("tsan: missed, 0 of 0 processes"));
  EXPECT_THAT(shown(80, Verdict::missed), HasSubstr("\n    one\n    two\n"));
}

TEST(Progress, IsPlainLinesElsewhere) {
  EXPECT_EQ(shown(0, Verdict::as_expected),
            "building 2 programs for tsan\n"
            "[1/2] guard_order_across_threads_of_one_pool.unsafe_with_a_name_that_is_long tsan: as "
            "expected, 0 of 0 processes with a finding, 0 executions\n");
}

}  // namespace
}  // namespace redflag
