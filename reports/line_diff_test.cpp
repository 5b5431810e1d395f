#include "reports/line_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace redflag::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LinesOf, ALineEndEndsALine) {
  EXPECT_THAT(lines_of("a\n\nb\n"), ElementsAre("a", "", "b"));
  EXPECT_THAT(lines_of("a"), ElementsAre("a"));
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(LinesThatDiffer, AreTheFixAndNothingElse) {
  const std::string_view unsafe = "int n;\nvoid f() {\n  ++n;\n}\n";
  const std::string_view safe = "int n;\nstd::mutex m;\nvoid f() {\n  lock(m);\n  ++n;\n}\n";
  EXPECT_THAT(lines_that_differ(unsafe, safe), ElementsAre(false, false, false, false));
  EXPECT_THAT(lines_that_differ(safe, unsafe), ElementsAre(false, true, false, true, false, false));
}

TEST(LinesThatDiffer, AChangedLineDiffersOnBothSides) {
  EXPECT_THAT(lines_that_differ("a\nx\nb\n", "a\ny\nb\n"), ElementsAre(false, true, false));
  EXPECT_THAT(lines_that_differ("a\ny\nb\n", "a\nx\nb\n"), ElementsAre(false, true, false));
}

TEST(LinesThatDiffer, BlankLinesDoNotCount) {
  EXPECT_THAT(lines_that_differ("a\n\n  \nb\n", "a\nb\n"), ElementsAre(false, false, false, false));
}

TEST(LinesThatDiffer, WithNothingToCompareEveryLineDiffers) {
  EXPECT_THAT(lines_that_differ("a\nb", ""), ElementsAre(true, true));
  EXPECT_THAT(lines_that_differ("", "a"), IsEmpty());
}

TEST(LinesThatDiffer, HugeTextsAreNotCompared) {
  std::string huge;
  for (int i = 0; i < 2001; ++i) huge += "x\n";
  EXPECT_THAT(lines_that_differ(huge, "a\n"), testing::Each(false));
}

std::string signs(std::string_view text, std::string_view other, std::size_t context) {
  std::string out;
  for (const auto& line : diff_of(text, other, context)) out += line.sign;
  return out;
}

TEST(DiffOf, WhatGoesComesBeforeWhatComes) {
  EXPECT_EQ(signs("a\nx\nb\n", "a\ny\nb\n", 3), " -+ ");
  EXPECT_EQ(signs("a\n", "a\nb\n", 3), " +");
  EXPECT_EQ(signs("a\nb\n", "b\n", 3), "- ");
}

TEST(DiffOf, LeavesOutWhatIsFarFromAnyDifference) {
  EXPECT_EQ(signs("1\n2\n3\n4\nx\n5\n6\n7\n", "1\n2\n3\n4\n5\n6\n7\n", 1), "@ - @");
  EXPECT_EQ(signs("same\n", "same\n", 1), "@");
}

}  // namespace
}  // namespace redflag::reports
