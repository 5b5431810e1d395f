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

}  // namespace
}  // namespace redflag::reports
