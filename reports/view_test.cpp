#include "reports/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/sample_campaign.h"

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const Scenario& scenario) {
  std::vector<std::string> all;
  for (const Variant& variant : scenario.variants) all.push_back(variant.name);
  return all;
}

const Run& run_of(const Campaign& campaign, Verdict verdict) {
  return *std::ranges::find(campaign.runs, std::optional(verdict), &Run::verdict);
}

TEST(View, AColumnIsAModeWithItsCompilerIfThereAreSeveral) {
  const Campaign campaign = sample_campaign();
  std::vector<std::string> columns;
  for (const Column& column : view_of(campaign).columns) columns.push_back(column.name);
  EXPECT_THAT(columns, ElementsAre("plain gcc", "tsan gcc", "tsan clang", "asan gcc"));
  const Campaign one = good_campaign();
  EXPECT_EQ(view_of(one).columns.at(0).name, "tsan");
}

TEST(View, TheSafeTwinFollowsItsUnsafeProgram) {
  Campaign campaign;
  for (const char* name : {"safe_relaxed", "safe", "unsafe_relaxed", "unsafe"}) {
    redflag::Run run;
    run.variant = name;
    run.side = run.variant.starts_with("unsafe") ? Side::unsafe : Side::safe;
    campaign.runs.push_back(run);
  }
  EXPECT_THAT(names(view_of(campaign).scenarios.at(0)),
              ElementsAre("unsafe", "safe", "unsafe_relaxed", "safe_relaxed"));
}

TEST(View, TheTwinIsTheOneThatDiffersLeast) {
  Campaign campaign;
  campaign.scenarios.emplace_back().programs = {{"unsafe", Side::unsafe, "u", "a\nb\n"},
                                                {"unsafe_atomic", Side::unsafe, "ua", "a\nc\n"},
                                                {"safe", Side::safe, "s", "a\nb\nb\n"},
                                                {"safe_exchange", Side::safe, "se", "a\nc\nd\n"}};
  const View view = view_of(campaign);
  const Scenario& scenario = view.scenarios.at(0);
  for (const Variant& variant : scenario.variants) {
    const bool atomic = variant.name == "unsafe_atomic" || variant.name == "safe_exchange";
    const std::string expected = variant.side == Side::safe ? (atomic ? "unsafe_atomic" : "unsafe")
                                                            : (atomic ? "safe_exchange" : "safe");
    EXPECT_EQ(twin_of(scenario, variant)->variant, expected) << variant.name;
  }
}

TEST(View, OfProgramsThatDifferAsMuchTheTwinIsTheOneOfTheSameName) {
  const Campaign campaign = sample_campaign();
  const View view = view_of(campaign);
  const Scenario& counter = view.scenarios.at(0);
  EXPECT_EQ(twin_of(counter, counter.variants[0])->variant, "safe");
  EXPECT_EQ(twin_of(counter, counter.variants[1])->variant, "unsafe");
  EXPECT_EQ(twin_of(counter, counter.variants[2])->variant, "unsafe");  // of safe_atomic
}

TEST(View, FindingsAreListedOnceWithTheirRuns) {
  const Campaign campaign = sample_campaign();
  const View view = view_of(campaign);
  const auto& findings = view.scenarios.at(0).findings;
  ASSERT_EQ(findings.size(), 2);
  EXPECT_EQ(findings[0].runs.size(), 3);  // lost additions: plain, tsan gcc, tsan clang
  EXPECT_EQ(findings[1].runs.size(), 2);  // the race: tsan gcc, tsan clang
}

TEST(View, AScenarioThatOnlyRunsNameIsShownToo) {
  Campaign campaign;
  campaign.runs.resize(1);
  campaign.runs[0].scenario = "own_test";
  EXPECT_EQ(view_of(campaign).scenarios.at(0).info.title, "own_test");
}

TEST(NotSeen, IsWhatIsRequiredAndWasNotShown) {
  const Campaign campaign = sample_campaign();
  const View view = view_of(campaign);
  EXPECT_THAT(not_seen(view, run_of(campaign, Verdict::missed)),
              ElementsAre(ExpectedFinding{Kind::data_race, true, "Channel::close"}));
  EXPECT_THAT(not_seen(view, *view.scenarios[0].variants[0].runs[1]), IsEmpty());
  redflag::Run elsewhere = *view.scenarios[0].variants[0].runs[1];
  elsewhere.expected[0].function = "no_such_function";
  EXPECT_EQ(not_seen(view, elsewhere).size(), 1);
}

TEST(Explain, SaysPlainlyWhatWasMissed) {
  const Campaign campaign = sample_campaign();
  const View view = view_of(campaign);
  EXPECT_EQ(explain(view, run_of(campaign, Verdict::missed)),
            "unsafe in tsan gcc did not show data-race in Channel::close, which it must; "
            "13 processes ran (data-race must be seen in each campaign).");
  EXPECT_THAT(explain(view, run_of(campaign, Verdict::false_alarm)),
              HasSubstr("safe in plain gcc is safe and yet showed uncaught-exception"));
  EXPECT_THAT(explain(view, run_of(campaign, Verdict::unexpected)),
              HasSubstr("unsafe in plain gcc showed uncaught-exception, not all of it declared"));
  EXPECT_EQ(explain(view, run_of(campaign, Verdict::as_expected)), "");
}

TEST(Summary, IsWhatAStrangerUnderstands) {
  const Campaign campaign = sample_campaign();
  EXPECT_EQ(summary(view_of(campaign)),
            "3 of 7 variants behaved as declared; 1 is safe and showed a finding, 1 missed a "
            "finding it must show, 2 did not run in some mode. 2 of 4 safe variants were clean "
            "wherever they ran.");
  const Campaign good = good_campaign();
  EXPECT_EQ(summary(view_of(good)),
            "All 2 variants behaved as declared. The safe variant was clean in tsan.");
}

TEST(Summary, NeverPraisesWhatDidNotHappen) {
  const Campaign empty;
  EXPECT_EQ(summary(view_of(empty)), "Nothing ran, so nothing is known.");
  Campaign cut = good_campaign();
  cut.complete = false;
  EXPECT_THAT(summary(view_of(cut)), HasSubstr("did not finish"));
  Campaign skipped = good_campaign();
  for (redflag::Run& run : skipped.runs) run.status = Status::skipped;
  EXPECT_THAT(summary(view_of(skipped)),
              AllOf(HasSubstr("0 of 2 variants behaved as declared; 2 did not run"),
                    HasSubstr("0 of 1 safe variant was clean")));
  Campaign leaky = good_campaign();
  leaky.runs[1].leaked_threads = 1;
  EXPECT_THAT(summary(view_of(leaky)), HasSubstr("0 of 1 safe variant was clean"));
}

}  // namespace
}  // namespace redflag::reports
