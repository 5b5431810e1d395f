#include "campaign/stress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <system_error>

#include "campaign/project.h"

namespace redflag {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

Finding race(const std::string& signature = "data-race: a") {
  Finding finding;
  finding.kind = Kind::data_race;
  finding.signature = signature;
  finding.tool = "ThreadSanitizer";
  return finding;
}

Trial clean_trial(std::uint64_t executions) {
  Trial trial;
  trial.executions = executions;
  trial.outcomes = {{"done=1", executions, 1}};
  return trial;
}

Trial trial_with(Finding finding, std::uint64_t executions, std::uint64_t first) {
  Trial trial = clean_trial(executions);
  trial.findings = {std::move(finding)};
  trial.first_finding = first;
  return trial;
}

// Runs a made-up program: `trials` are what its processes do; the last one repeats.
class StressTest : public testing::Test {
 protected:
  StressTest() {
    run_.side = Side::unsafe;
    run_.mode = Mode::tsan;
    run_.compiler = "gcc";
    plan_.program = "program";
    plan_.description.compiler = "gcc";
    plan_.description.instrumentation = "thread";
    plan_.description.expect = {{Mode::tsan, {Kind::data_race, true, ""}},
                                {Mode::asan, {Kind::double_free, true, ""}}};
    plan_.description.outcomes = {{"done=1", true, "done"}, {"done=0", false, "lost"}};
    plan_.campaign_folder = std::filesystem::path(testing::TempDir()) /
                            testing::UnitTest::GetInstance()->current_test_info()->name();
    plan_.log_folder = plan_.campaign_folder / "logs";
    plan_.seconds = 0;  // so that only least_processes counts
    plan_.least_processes = 4;
    plan_.processes_before_missed = 4;
  }
  ~StressTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(plan_.campaign_folder, ignored);
  }

  std::vector<Finding> go(const std::vector<Trial>& trials) {
    return stress(run_, plan_, [&](const TrialPlan& plan) {
      cpus_.push_back(plan.cpu.has_value());
      seconds_.push_back(plan.seconds);
      return trials[std::min(started_++, trials.size() - 1)];
    });
  }

  redflag::Run run_;
  StressPlan plan_;
  std::size_t started_ = 0;
  std::vector<bool> cpus_;
  std::vector<double> seconds_;
};

TEST_F(StressTest, CountsExecutionsToTheFirstFindingOverAllProcesses) {
  const auto findings = go({clean_trial(100), trial_with(race(), 50, 7), clean_trial(10)});
  EXPECT_EQ(run_.processes, 4U);
  EXPECT_EQ(run_.processes_with_finding, 1U);
  EXPECT_EQ(run_.executions, 170U);
  EXPECT_EQ(run_.executions_to_first_finding, 107U);
  EXPECT_EQ(run_.detection, rate(1, 4));
  EXPECT_EQ(run_.status, Status::ran);
  EXPECT_EQ(run_.verdict, Verdict::as_expected);
  EXPECT_THAT(run_.findings, testing::ElementsAre(FindingCount{"data-race: a", 1}));
  EXPECT_THAT(findings, SizeIs(1));
}

TEST_F(StressTest, CountsAKindOnceAProcessWhateverItsSignatures) {
  Trial both = trial_with(race("data-race: a"), 1, 1);
  both.findings.push_back(race("data-race: b"));
  go({both, trial_with(race("data-race: b"), 1, 1), clean_trial(1)});
  EXPECT_EQ(run_.kinds, (std::vector<KindCount>{{Kind::data_race, 2}}));
}

TEST_F(StressTest, OutcomesAreCountedTogetherAndGraded) {
  Trial odd = clean_trial(2);
  odd.outcomes.push_back({"done=7", 3, 2});
  go({odd});
  ASSERT_THAT(run_.outcomes, SizeIs(3));
  EXPECT_EQ(run_.outcomes[0], (OutcomeCount{"done=1", true, "done", 8, 1}));
  EXPECT_EQ(run_.outcomes[1], (OutcomeCount{"done=7", false, "not declared", 12, 2}));
  EXPECT_EQ(run_.outcomes[2], (OutcomeCount{"done=0", false, "lost", 0, 0}));
}

TEST_F(StressTest, VariesTheCores) {
  go({clean_trial(1)});
  EXPECT_THAT(cpus_, Contains(true));
  EXPECT_THAT(cpus_, Contains(false));
}

TEST_F(StressTest, UntilExpectedStopsWhenAllWasSeen) {
  plan_.until_expected = true;
  go({clean_trial(1), trial_with(race(), 1, 1), clean_trial(1)});
  EXPECT_EQ(run_.processes, 2U);
}

TEST_F(StressTest, WhatASafeProgramDeclaresExcusesNothing) {
  run_.side = Side::safe;
  go({trial_with(race(), 1, 1)});
  EXPECT_EQ(run_.verdict, Verdict::false_alarm);
}

TEST_F(StressTest, IsPatientBeforeItSaysMissed) {
  plan_.processes_before_missed = 9;
  std::vector<Trial> trials(6, clean_trial(1));
  trials.push_back(trial_with(race(), 1, 1));
  go(trials);
  EXPECT_EQ(run_.processes, 7U);
  EXPECT_EQ(run_.verdict, Verdict::as_expected);
}

TEST_F(StressTest, SaysMissedWhenPatienceIsOver) {
  plan_.processes_before_missed = 9;
  go({clean_trial(1)});
  EXPECT_EQ(run_.processes, 9U);
  EXPECT_EQ(run_.verdict, Verdict::missed);
}

TEST_F(StressTest, GivesLongerProcessesToWhatWasNotSeenYet) {
  plan_.processes_before_missed = 9;
  plan_.seconds_before_missed = 7;
  std::vector<Trial> trials(5, clean_trial(1));
  trials.push_back(trial_with(race(), 1, 1));
  const double usual = TrialPlan{}.seconds;
  go(trials);
  EXPECT_THAT(seconds_, testing::ElementsAre(usual, usual, usual, usual, 7, 7));
}

TEST_F(StressTest, ACalibrationMeasuresTheLongerProcesses) {
  plan_.calibrate = true;
  plan_.seconds_before_missed = 7;
  go({trial_with(race(), 1, 1)});
  ASSERT_EQ(seconds_.size(), calibration_processes);
  EXPECT_EQ(seconds_[3], TrialPlan{}.seconds);
  EXPECT_EQ(seconds_[4], 7);
  EXPECT_EQ(seconds_.back(), 7);
}

TEST_F(StressTest, ASafeProgramThatSaysNothingOnceIsNoPass) {
  run_.side = Side::safe;
  plan_.description.expect = {};
  Trial lost;
  lost.harness_error = "the program left no status";
  go({clean_trial(1), lost, clean_trial(1)});
  EXPECT_EQ(run_.status, Status::crashed_harness);
  EXPECT_EQ(run_.verdict, std::nullopt);
  EXPECT_THAT(run_.reasons.at(0), HasSubstr("left no status"));
}

TEST_F(StressTest, AProgramThatNeverSaysAnythingIsGivenUp) {
  Trial lost;
  lost.harness_error = "unexpected memory mapping";
  plan_.least_processes = 100;
  go({lost});
  EXPECT_EQ(started_, 3U);
  EXPECT_EQ(run_.status, Status::crashed_harness);
  EXPECT_THAT(run_.reasons,
              testing::ElementsAre(
                  "3 processes said nothing about the program: unexpected memory mapping"));
}

TEST_F(StressTest, NoExecutionIsNoPass) {
  go({Trial{}});
  EXPECT_EQ(run_.status, Status::timed_out);
  EXPECT_EQ(run_.verdict, std::nullopt);
}

TEST_F(StressTest, AnInterruptedRunIsSkipped) {
  const std::atomic<bool> stop = true;
  plan_.stop = &stop;
  go({clean_trial(1)});
  EXPECT_EQ(started_, 0U);
  EXPECT_EQ(run_.status, Status::skipped);
}

TEST_F(StressTest, AProgramBuiltForAnotherModeOrByAnotherCompilerIsNotRun) {
  plan_.description.instrumentation = "none";
  go({clean_trial(1)});
  EXPECT_EQ(run_.status, Status::not_built);
  EXPECT_EQ(started_, 0U);
  plan_.description.instrumentation = "thread";
  plan_.description.compiler = "clang";
  go({clean_trial(1)});
  EXPECT_EQ(run_.status, Status::not_built);
}

TEST_F(StressTest, SlowHangsEndTheRunEarly) {
  Finding hang = race("hang: a");
  hang.kind = Kind::hang;
  plan_.least_processes = 100;
  plan_.description.expect = {{Mode::tsan, {Kind::hang, true, ""}}};
  Trial trial = trial_with(hang, 1, 1);
  trial.timed_out = true;
  go({trial});
  EXPECT_EQ(started_, 2U);
}

TEST_F(StressTest, KeepsTheFirstLogAndThoseOfNewFindings) {
  Trial loud = trial_with(race(), 1, 1);
  loud.log_text = "what it said";
  const auto findings = go({clean_trial(1), clean_trial(1), loud, clean_trial(1)});
  EXPECT_TRUE(std::filesystem::exists(plan_.log_folder / "0001.log"));
  EXPECT_FALSE(std::filesystem::exists(plan_.log_folder / "0002.log"));
  EXPECT_TRUE(std::filesystem::exists(plan_.log_folder / "0003.log"));
  EXPECT_EQ(findings.at(0).log, "logs/0003.log");
}

}  // namespace
}  // namespace redflag
