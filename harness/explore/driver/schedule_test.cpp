#include "explore/driver/schedule.h"

#include <gtest/gtest.h>

#include "explore/page.h"

namespace redflag {
namespace {

using explorer::Page;

Schedule sample() {
  Schedule schedule;
  schedule.argv = {"/bin/engine test", "--tasks", "a\nb\\c"};
  schedule.build_id = "0123abcd";
  schedule.signature = "deadlock: src/engine.cpp:stop";
  schedule.found_by = "pos, seed 1, schedule 17";
  schedule.max_steps = 1000;
  schedule.spurious = true;
  schedule.early_timeouts = true;
  schedule.weak_memory = true;
  schedule.eviction = 7;
  schedule.hash = 0xfeedfacecafebeef;
  schedule.racing = {{0, 0x1234}, {3, 0x5}};
  schedule.steps = {0, 0, 1, Page::choice_bit | 2, 1, 1, 0};
  return schedule;
}

TEST(Schedule, IsReadAsItWasWritten) {
  EXPECT_EQ(schedule_from_text(to_text(sample()), "f"), sample());
}

TEST(Schedule, ThatIsCutAnywhereIsRefused) {
  const std::string text = to_text(sample());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_THROW(schedule_from_text(text.substr(0, size), "f"), BadSchedule) << size;
}

TEST(Schedule, ThatWasEditedIsRefusedByName) {
  std::string text = to_text(sample());
  text.replace(text.find("steps 2"), 7, "steps 3");
  try {
    schedule_from_text(text, "some.schedule");
    FAIL() << "it was taken";
  } catch (const BadSchedule& error) {
    EXPECT_STREQ(error.what(), "some.schedule was changed: its checksum does not fit");
  }
}

TEST(Schedule, ThatIsSomethingElseIsRefused) {
  EXPECT_THROW(schedule_from_text("{\"schema_version\": 1}\n", "f"), BadSchedule);
}

}  // namespace
}  // namespace redflag
