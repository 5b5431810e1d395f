#include "cli/duration.h"

#include <gtest/gtest.h>

#include "campaign/project.h"

namespace redflag {
namespace {

TEST(ParseDuration, TakesTheUsualForms) {
  EXPECT_DOUBLE_EQ(parse_duration("90"), 90);
  EXPECT_DOUBLE_EQ(parse_duration("90s"), 90);
  EXPECT_DOUBLE_EQ(parse_duration("1.5m"), 90);
  EXPECT_DOUBLE_EQ(parse_duration("250ms"), 0.25);
  EXPECT_DOUBLE_EQ(parse_duration("2h"), 7200);
}

TEST(ParseDuration, RefusesTheRest) {
  for (const char* text : {"", "s", "soon", "5x", "-1", "0", "nan", "inf", "1 s"})
    EXPECT_THROW(parse_duration(text), UsageError) << text;
}

TEST(ShowDuration, IsShort) {
  EXPECT_EQ(show_duration(7.6), "8 s");
  EXPECT_EQ(show_duration(80), "1 min 20 s");
  EXPECT_EQ(show_duration(7500), "2 h 5 min");
}

}  // namespace
}  // namespace redflag
