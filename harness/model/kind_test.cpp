#include <gtest/gtest.h>
#include <redflag/kind.h>

namespace redflag {
namespace {

TEST(Kind, EveryKindSurvivesItsName) {
  for (int i = 0; i <= static_cast<int>(Kind::other); ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_EQ(kind_from_string(to_string(kind)), kind) << to_string(kind);
  }
}

TEST(Kind, AnUnknownNameIsNothing) {
  EXPECT_EQ(kind_from_string("data race"), std::nullopt);
  EXPECT_EQ(kind_from_string(""), std::nullopt);
}

}  // namespace
}  // namespace redflag
