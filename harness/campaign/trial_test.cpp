#include "campaign/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "campaign/bench.h"
#include "campaign/project.h"
#include "campaign/sanitizer_options.h"
#include "campaign/stress.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

// A shell script stands for the program: it does what no program of a scenario should.
class ScriptTest : public testing::Test {
 protected:
  ScriptTest()
      : folder_(fs::path(testing::TempDir()) /
                (std::string("script-") +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~ScriptTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  fs::path script(const std::string& text) {
    fs::path file = folder_ / "program";
    std::ofstream(file) << "#!/bin/sh\n" << text << '\n';
    fs::permissions(file, fs::perms::owner_all);
    return file;
  }

  Trial run(const std::string& text, Mode mode = Mode::plain, double hang_after = 10) {
    TrialPlan plan;
    plan.hang_after_seconds = hang_after;
    plan.program = script(text);
    plan.mode = mode;
    plan.log = folder_ / "0001";
    return run_trial(plan);
  }

  fs::path folder_;
};

TEST_F(ScriptTest, AProgramThatLeavesNoStatusSaysNothing) {
  for (const char* text : {"exit 0", "exit 5", "echo '[1]' | cat; exit 0"}) {
    const Trial trial = run(text);
    EXPECT_THAT(trial.harness_error, HasSubstr("left no status")) << text;
    EXPECT_TRUE(trial.findings.empty()) << text;
  }
}

TEST_F(ScriptTest, ACrashIsAFindingEvenWithoutStatus) {
  EXPECT_THAT(run("kill -SEGV $$").findings, Contains(Field(&Finding::kind, Kind::crash)));
}

TEST_F(ScriptTest, ASanitizersLogOfAnEarlierProcessIsNotThisOnes) {
  std::ofstream(folder_ / "0001.4242") << "a.cpp:1:2: runtime error: of yesterday\n";
  EXPECT_TRUE(run("exit 0", Mode::tsan).findings.empty());
}

TEST_F(ScriptTest, APlainProgramMayPrintWhatLooksLikeAReport) {
  EXPECT_TRUE(run("echo 'a.cpp:1:2: runtime error: mine' >&2").findings.empty());
}

TEST_F(ScriptTest, LoadingMayTakeLongerThanAnExecution) {
  const Trial trial = run("while :; do :; done", Mode::plain, 0.001);
  ASSERT_THAT(trial.findings, Contains(Field(&Finding::kind, Kind::hang)));
  EXPECT_EQ(trial.findings.front().message, "hang: it did not begin in 0.006 s");
}

TEST_F(ScriptTest, AFloodOfGarbageBreaksNothing) {
  const Trial trial = run("head -c 3000000 /dev/urandom >&2; exit 0");
  EXPECT_THAT(trial.harness_error, Not(""));
}

TEST_F(ScriptTest, SanitizerLogsAreReadAndTakenAway) {
  const Trial trial =
      run("eval \"$(echo \"$TSAN_OPTIONS\" | tr : '\\n' | grep ^log_path=)\"\n"
          "echo 'a.cpp:1:2: runtime error: from the log' > \"$log_path.$$\"\n",
          Mode::tsan);
  ASSERT_THAT(trial.findings, Not(testing::IsEmpty()));
  EXPECT_EQ(trial.findings[0].kind, Kind::undefined_behavior);
  EXPECT_THAT(trial.log_text, HasSubstr("from the log"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(ScriptTest, AToolThatFailsIsNoCleanRun) {
  const Trial trial = run(
      "echo 'FATAL: ThreadSanitizer: unexpected memory mapping 0x1-0x2' >&2; exit 66", Mode::tsan);
  EXPECT_THAT(trial.harness_error, HasSubstr("unexpected memory mapping"));
}

TEST_F(ScriptTest, AProgramThatDescribesNothingIsRefused) {
  EXPECT_THROW(ask_for_description(script("echo no json")), CannotRun);
  EXPECT_THROW(ask_for_description(script("exit 1")), CannotRun);
  EXPECT_THROW(ask_for_description("/nowhere/program"), CannotRun);
}

TEST(SanitizerEnvironment, QuotesTheLogAndKeepsTheUsersOptions) {
  ASSERT_EQ(setenv("TSAN_OPTIONS", "verbosity=1:report_bugs=0:halt_on_error=1", 1), 0);
  const auto environment = sanitizer_environment(Mode::tsan, "/a b:c/log");
  unsetenv("TSAN_OPTIONS");
  ASSERT_EQ(environment.size(), 1U);
  EXPECT_THAT(environment[0].second, HasSubstr("halt_on_error=1:log_path='/a b:c/log'"));
  for (const char* ours : {"report_bugs=1", "halt_on_error=0", "log_exe_name=0"})
    EXPECT_GT(environment[0].second.rfind(ours), environment[0].second.find("report_bugs=0"));
  EXPECT_TRUE(sanitizer_environment(Mode::plain, "x").empty());
  EXPECT_THAT(sanitizer_environment(Mode::asan, "/it's/log")[1].second,
              HasSubstr("log_path=\"/it's/log\":"));
  EXPECT_THROW(sanitizer_environment(Mode::tsan, "/it's \"so\""), CannotRun);
}

TEST(Costs, PairsUnsafeWithSafeAndTakesTheMedian) {
  const auto costs = costs_from_json(R"({"benchmarks": [
      {"run_name": "s/op/unsafe", "aggregate_name": "median", "real_time": 2.0},
      {"run_name": "s/op/unsafe", "aggregate_name": "mean", "real_time": 9.0},
      {"run_name": "s/op/safe/threads:1", "aggregate_name": "median", "real_time": 6.0},
      {"run_name": "s/alone/safe/threads:2", "real_time": 6.0},
      {"run_name": "other", "real_time": 6.0}]})");
  EXPECT_THAT(costs, testing::ElementsAre(Cost{"s", "op, 1 thread", 2.0, 6.0}));
}

TEST(Costs, WhatIsNoBenchmarkOutputIsRefused) {
  for (const char* text : {"", "{}", "{\"benchmarks\": [{}]}", "{\"benchmarks\": 1}"})
    EXPECT_THROW(costs_from_json(text), CannotRun) << text;
}

}  // namespace
}  // namespace redflag
