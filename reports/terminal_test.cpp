#include "reports/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/sample_campaign.h"

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string shown(const Campaign& campaign, Terminal terminal = {}) {
  const View view = view_of(campaign);
  return scenario_in_terminal(view, view.scenarios.front(), terminal);
}

TEST(ScenarioInTerminal, MarksTheLinesThatMeet) {
  const std::string text = shown(sample_campaign());
  EXPECT_THAT(text, HasSubstr("Write of size 4 by thread T2\n    unsafe.cpp:11 in count_to"));
  EXPECT_THAT(text, HasSubstr(">   11 |     ++counter;"));
}

TEST(ScenarioInTerminal, PutsTheThreadsSideBySide) {
  const std::string text = shown(sample_campaign());
  EXPECT_THAT(text, HasSubstr("step | main"));
  EXPECT_THAT(text, HasSubstr("! starts"));
  EXPECT_THAT(text, HasSubstr("(1 preemption)"));
  EXPECT_THAT(text, HasSubstr(" bug | "));
}

TEST(ScenarioInTerminal, ShowsThatTheFixHoldsAndWhatItIs) {
  const std::string text = shown(sample_campaign());
  EXPECT_THAT(text, HasSubstr("  + std::mutex mutex;\n"));
  EXPECT_THAT(text, HasSubstr("clean in "));
}

TEST(ScenarioInTerminal, HasColoursOnlyIfAskedFor) {
  EXPECT_THAT(shown(sample_campaign()), Not(HasSubstr("\033")));
  EXPECT_THAT(shown(sample_campaign(), {.colour = true}), HasSubstr("\033[1;31mdata-race\033[0m"));
}

TEST(ScenarioInTerminal, NothingInAReportReachesTheTerminalAsItIs) {
  EXPECT_THAT(shown(poisoned_campaign("\033]0;poison\007")),
              AllOf(HasSubstr("poison"), Not(HasSubstr("\033")), Not(HasSubstr("\007"))));
}

TEST(DiffInTerminal, LeavesOutWhatIsNoCode) {
  const Source unsafe{
      "unsafe", Side::unsafe, "unsafe.cpp",
      "// Wrong.\n#include <a>\nint n;\nconstexpr redflag::Program redflag::program{1};\n"};
  const Source safe{
      "safe", Side::safe, "safe.cpp",
      "// Right.\n#include <a>\nlong n;\nconstexpr redflag::Program redflag::program{2};\n"};
  EXPECT_EQ(diff_in_terminal(unsafe, safe, {}), "    #include <a>\n  - int n;\n  + long n;\n");
}

}  // namespace
}  // namespace redflag::reports
