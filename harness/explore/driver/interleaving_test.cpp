#include "explore/driver/interleaving.h"

#include <gtest/gtest.h>

#include <numeric>

namespace redflag {
namespace {

Step step(std::uint32_t thread) {
  Step made;
  made.thread = thread;
  made.what = "loads atomic 1";
  return made;
}

TEST(Interleaving, IsWholeIfItIsShort) {
  const auto shown = interleaving_of({step(0), step(0), step(0), step(1)}, {step(2)}, 60);
  ASSERT_EQ(shown.size(), 5U);
  EXPECT_EQ(shown[3].thread, "T1");
  EXPECT_FALSE(shown[3].pending);
  EXPECT_TRUE(shown[4].pending);
}

TEST(Interleaving, LeavesOutTheMiddleOfWhatAThreadDoesInARow) {
  std::vector<Step> steps(50, step(0));
  steps.push_back(step(1));
  const auto shown = interleaving_of(steps, {}, 10);
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[1].skipped, 48U);
}

TEST(Interleaving, KeepsBothEndsAndCountsTheRest) {
  std::vector<Step> steps;
  for (std::uint32_t i = 0; i < 100; ++i) steps.push_back(step(i % 2));
  const auto shown = interleaving_of(steps, {}, 20);
  ASSERT_EQ(shown.size(), 20U);
  const auto skipped = std::accumulate(shown.begin(), shown.end(), std::uint64_t{0},
                                       [](auto sum, const auto& s) { return sum + s.skipped; });
  EXPECT_EQ(skipped + shown.size(), steps.size());
}

}  // namespace
}  // namespace redflag
