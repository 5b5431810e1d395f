#include "reports/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

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

TEST(ScenarioInTerminal, LeavesOutTheMiddleOfWhatAThreadDoesInARowIfThatIsMoreThanOneStep) {
  Campaign campaign = sample_campaign();
  const auto finding = std::ranges::find_if(
      campaign.findings, [](const Finding& seen) { return !seen.interleaving.empty(); });
  ASSERT_NE(finding, campaign.findings.end());
  finding->interleaving.clear();
  for (int step = 0; step < 20; ++step)
    finding->interleaving.push_back({"T1", "one " + std::to_string(step), "", false, false, 0});
  for (int step = 0; step < 3; ++step)
    finding->interleaving.push_back({"T2", "two " + std::to_string(step), "", false, false, 0});
  const std::string text = shown(campaign);
  EXPECT_THAT(text, HasSubstr("18 steps"));
  EXPECT_THAT(text, Not(HasSubstr("one 5")));
  EXPECT_THAT(text, HasSubstr("two 1"));
}

TEST(ScenarioInTerminal, ShowsThatTheFixHoldsAndWhatItIs) {
  const std::string text = shown(sample_campaign());
  EXPECT_THAT(text, HasSubstr("  + std::mutex mutex;\n"));
  EXPECT_THAT(text, HasSubstr("clean in "));
}

TEST(ScenarioInTerminal, SaysOfWhatDidNotRunOnlyThat) {
  Campaign campaign = sample_campaign();
  for (auto& run : campaign.runs) {
    run.status = Status::not_built;
    run.verdict.reset();
    run.findings.clear();
  }
  const std::string text = shown(campaign);
  EXPECT_THAT(text, HasSubstr("unsafe.cpp\n  plain gcc did not run: not built\n"));
  EXPECT_THAT(text, HasSubstr("safe.cpp\n  plain gcc did not run: not built\n"));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("nothing was seen")), Not(HasSubstr("executions"))));
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
