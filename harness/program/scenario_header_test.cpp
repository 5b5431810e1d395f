#include <gtest/gtest.h>
#include <redflag/scenario.h>

namespace redflag {
namespace {

static_assert(fits("*", "") && fits("*", "anything"));
static_assert(fits("processed=4", "processed=4") && !fits("processed=4", "processed=40"));
static_assert(fits("processed=4 *", "processed=4 rejected=0") && !fits("", "x"));
static_assert(fits("*lost=*", "done=1 lost=3") && !fits("*lost=*", "done=1"));

static_assert(modes_that_can_see(Kind::data_race).has(Mode::tsan));
static_assert(!modes_that_can_see(Kind::data_race).has(Mode::asan));
static_assert(modes_that_can_see(Kind::heap_use_after_free).has(Mode::asan));
static_assert(!modes_that_can_see(Kind::double_free).has(Mode::tsan));
static_assert(modes_that_can_see(Kind::hang).has(Mode::plain));
static_assert(modes_that_can_see(Kind::thread_leak).has(Mode::plain));  // redflag counts threads

TEST(OutcomeTest, IsWrittenAsNamesAndValues) {
  const Outcome outcome{{"processed", 4}, {"stopped", true}, {"error", "none"}};
  EXPECT_EQ(outcome.text(), "processed=4 stopped=true error=none");
}

}  // namespace
}  // namespace redflag
