#include "campaign/project.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace redflag {
namespace {

using testing::IsEmpty;
using testing::Not;

TEST(LessonHead, HasTitleSectionAndSummary) {
  ScenarioInfo info;
  read_lesson_head("# Two threads close\n\nArticle §3.2. The second\nclose fails.\n\n## More\n",
                   "f", info);
  EXPECT_EQ(info.title, "Two threads close");
  EXPECT_EQ(info.article, "3.2");
  EXPECT_EQ(info.summary, "The second close fails.");
}

TEST(LessonHead, AnythingElseIsRefused) {
  ScenarioInfo info;
  for (const char* text :
       {"", "# T\n", "Title\n\nArticle §1. S.\n", "# T\nArticle §1. S.\n", "# T\n\nNo section.\n"})
    EXPECT_THROW(read_lesson_head(text, "f", info), CannotRun) << text;
}

TEST(Project, EveryScenarioHasUnsafeAndSafeProgramsAndALesson) {
  const auto scenarios = read_scenarios(find_project(REDFLAG_SOURCE_DIR));
  EXPECT_THAT(scenarios, Not(IsEmpty()));
  for (const auto& info : scenarios) {
    const auto has = [&](const char* variant) {
      return std::ranges::find(info.programs, variant, &Source::variant) != info.programs.end();
    };
    EXPECT_TRUE(has("unsafe") && has("safe")) << info.name;
    EXPECT_FALSE(info.summary.empty()) << info.name;
  }
}

TEST(Project, ProgramsFitAClassroomScreen) {
  for (const auto& info : read_scenarios(find_project(REDFLAG_SOURCE_DIR))) {
    for (const auto& program : info.programs)
      EXPECT_LE(std::ranges::count(program.text, '\n'), 80) << program.path;
  }
}

TEST(Project, AFolderWithoutACheckoutIsRefused) { EXPECT_THROW(find_project("/proc"), CannotRun); }

}  // namespace
}  // namespace redflag
