#include "reports/measured.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

Campaign campaign_by(const std::string& compiler) {
  Campaign campaign;
  campaign.environment.started = "2026-11-24T10:00:00Z";
  campaign.environment.cores = 2;
  campaign.environment.budget_seconds = 60;
  Finding& finding = campaign.findings.emplace_back();
  finding.signature = "data-race: f";
  finding.kind = Kind::data_race;
  campaign.scenarios.emplace_back().name = "counter";
  Run run;
  run.scenario = "counter";
  run.variant = "unsafe";
  run.compiler = compiler;
  run.mode = Mode::tsan;
  run.status = Status::ran;
  run.processes = 8;
  run.executions = 1234;
  run.processes_with_finding = compiler == "gcc" ? 8 : 0;
  if (compiler == "gcc") {
    run.findings = {{"data-race: f", 8}};
    run.executions_to_first_finding = 2;
  }
  campaign.runs.push_back(run);
  run.mode = Mode::explore;
  campaign.runs.push_back(run);
  return campaign;
}

TEST(MeasuredTable, HasAColumnForEachCompiler) {
  const auto table =
      measured_table({campaign_by("gcc"), campaign_by("clang")}, "counter", Language::english);
  EXPECT_THAT(table, HasSubstr("| program | mode | g++ | clang++ |\n|---|---|---|---|\n"));
  EXPECT_THAT(table,
              HasSubstr("| `unsafe` | tsan | data-race in 8 of 8 processes, the first finding in "
                        "execution 2 | nothing in 1,234 executions |\n"));
  EXPECT_THAT(
      table, HasSubstr("| `unsafe` | explore | data-race in 8 of 8 schedules, the first finding in "
                       "schedule 2 | nothing in 1,234 schedules |\n"));
  EXPECT_THAT(table, HasSubstr("Measured 2026-11-24 on 2 cores"));
}

TEST(MeasuredTable, CountsEachKindByItself) {
  Campaign campaign = campaign_by("gcc");
  Finding& leak = campaign.findings.emplace_back();
  leak.signature = "thread-leak: g";
  leak.kind = Kind::thread_leak;
  campaign.runs[0].findings = {{"thread-leak: g", 3}, {"data-race: f", 7}};
  EXPECT_THAT(measured_table({campaign}, "counter", Language::english),
              HasSubstr("| data-race in 7, thread-leak in 3 of 8 processes, the first finding in"));
  EXPECT_THAT(measured_table({campaign}, "counter", Language::chinese),
              HasSubstr("data-race：7 个，thread-leak：3 个（共 8 个进程）"));
}

// Two signatures of one kind may come in processes of their own.
TEST(MeasuredTable, CountsAKindByAllItsSignatures) {
  Campaign campaign = campaign_by("gcc");
  campaign.runs[0].findings = {{"data-race: f", 5}, {"data-race: g", 4}};
  campaign.runs[0].kinds = {{Kind::data_race, 8}};
  EXPECT_THAT(measured_table({campaign}, "counter", Language::english),
              HasSubstr("| data-race in 8 of 8 processes"));
}

TEST(MeasuredTable, SaysWhatTheFixCosts) {
  Campaign gcc = campaign_by("gcc");
  gcc.costs = {{"counter", "increment", 0.25, 12.5}, {"other", "stop", 1, 2}};
  const Campaign clang = campaign_by("clang");
  const auto table = measured_table({gcc, clang}, "counter", Language::english);
  EXPECT_THAT(
      table, HasSubstr("| cost of one operation, unsafe and safe | g++ | clang++ |\n|---|---|---|\n"
                       "| increment | 0.25 ns, 12.5 ns | – |\n"));
  EXPECT_THAT(table, Not(HasSubstr("stop")));
}

TEST(MeasuredTable, SaysHowFarASafeProgramWasSearched) {
  Campaign campaign = campaign_by("clang");
  redflag::Run& run = campaign.runs[1];
  const auto table = [&] { return measured_table({campaign}, "counter", Language::english); };
  run.search.exhaustive = ExhaustiveSearch{2, true, 100};
  EXPECT_THAT(table(),
              HasSubstr("nothing in 1,234 schedules, among them all with at most 2 preem"));
  run.search.exhaustive = ExhaustiveSearch{std::nullopt, true, 1234};
  EXPECT_THAT(table(), HasSubstr("nothing in all 1,234 schedules"));
  run.executions = 1;
  EXPECT_THAT(table(), HasSubstr("nothing in its one schedule"));
  run.executions = 21;
  run.search.disturbed = 20;
  EXPECT_THAT(table(), HasSubstr("nothing in its one schedule, nor in 20 disturbed ones"));
}

TEST(MeasuredTable, OfAScenarioThatDidNotRunIsEmpty) {
  EXPECT_EQ(measured_table({campaign_by("gcc")}, "other", Language::english), "");
}

TEST(WithMeasuredTable, StandsBelowItsHeadingAndIsReplaced) {
  const std::string lesson =
      "# T\n\n## What each tool sees, and what it misses\n\n| mode | why |\n";
  const auto once = with_measured_table(lesson, "old\n");
  ASSERT_TRUE(once);
  EXPECT_THAT(*once,
              HasSubstr("misses\n\n<!-- measured -->\n\nold\n\n<!-- /measured -->\n\n| mode"));
  const auto twice = with_measured_table(*once, "new\n");
  ASSERT_TRUE(twice);
  EXPECT_THAT(*twice, HasSubstr("new"));
  EXPECT_THAT(*twice, Not(HasSubstr("old")));
  EXPECT_EQ(with_measured_table(*twice, "new\n"), twice);
}

TEST(WithMeasuredTable, NeedsItsPlace) {
  EXPECT_FALSE(with_measured_table("# T\n", "t\n"));
  EXPECT_FALSE(with_measured_table("## 各工具看到了什么、漏掉了什么\n<!-- measured -->\n", "t\n"));
  EXPECT_TRUE(with_measured_table("## 各工具看到了什么、漏掉了什么\n", "t\n"));
}

}  // namespace
}  // namespace redflag::reports
