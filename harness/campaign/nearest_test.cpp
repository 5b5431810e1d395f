#include "campaign/nearest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EditDistance, CountsChanges) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Nearest, FindsMistypedAndAbbreviatedWords) {
  const std::vector<std::string> known = {"unlocked_counter", "manual_stop_flag", "repeated_stop"};
  EXPECT_THAT(nearest("unloked_conter", known), ElementsAre("unlocked_counter"));
  EXPECT_THAT(nearest("stop", known), ElementsAre("manual_stop_flag", "repeated_stop"));
  EXPECT_THAT(nearest("zzz", known), IsEmpty());
}

TEST(UnknownWord, SaysWhatIsNearOrAllThatIsKnown) {
  EXPECT_EQ(unknown_word("mode", "tsn", {"plain", "tsan"}),
            "unknown mode \"tsn\"; did you mean tsan?");
  EXPECT_EQ(unknown_word("mode", "zzzzz", {"plain", "tsan"}),
            "unknown mode \"zzzzz\"; there are plain, tsan");
}

}  // namespace
}  // namespace redflag
