#include "campaign/death.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace redflag {
namespace {

using testing::HasSubstr;

Ended ended_by(int signal) {
  Ended ended;
  ended.signal = signal;
  return ended;
}

Ended exited_with(int code) {
  Ended ended;
  ended.exit_code = code;
  return ended;
}

ProgramStatus in_phase(StatusPage::Phase phase) {
  ProgramStatus status;
  status.valid = true;
  status.phase = phase;
  status.started = 1;
  return status;
}

Finding reported_by(const std::string& tool) {
  Finding finding;
  finding.tool = tool;
  return finding;
}

TEST(FindingOfDeath, AProgramThatEndedWellHasNone) {
  EXPECT_FALSE(finding_of_death("p", exited_with(0), in_phase(StatusPage::finished), {}, {}));
}

TEST(FindingOfDeath, ASignalIsACrash) {
  const auto finding =
      finding_of_death("p", ended_by(SIGSEGV), in_phase(StatusPage::running), {}, {});
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, Kind::crash);
  EXPECT_THAT(finding->message, HasSubstr("SIGSEGV"));
}

TEST(FindingOfDeath, AbortIsToldApartByWhatCameBefore) {
  Ended ended = ended_by(SIGABRT);
  ended.err = "starting\nfree(): double free detected in tcache 2\n";
  ProgramStatus status = in_phase(StatusPage::running);
  auto finding = finding_of_death("p", ended, status, {}, {});
  EXPECT_EQ(finding->kind, Kind::abort);
  EXPECT_THAT(finding->message, HasSubstr("double free detected"));
  ended.err.clear();
  EXPECT_EQ(finding_of_death("p", ended, status, {}, {})->message, "abort");
  status.terminated = true;
  finding = finding_of_death("p", ended, status, {}, {});
  EXPECT_EQ(finding->kind, Kind::abort);
  EXPECT_THAT(finding->message, HasSubstr("without an active exception"));
  status.death_text = "std::runtime_error: boom";
  finding = finding_of_death("p", ended, status, {}, {});
  EXPECT_EQ(finding->kind, Kind::uncaught_exception);
  EXPECT_THAT(finding->message, HasSubstr("boom"));
}

TEST(FindingOfDeath, ExitInTheMiddleIsNeverAPass) {
  const auto finding = finding_of_death("p", exited_with(0), in_phase(StatusPage::running), {}, {});
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, Kind::unexpected_exit);
}

TEST(FindingOfDeath, AnExitCodeThatNothingExplainsIsAFinding) {
  EXPECT_TRUE(finding_of_death("p", exited_with(66), in_phase(StatusPage::finished), {}, {}));
  EXPECT_FALSE(finding_of_death("p", exited_with(66), in_phase(StatusPage::finished), {},
                                {reported_by("ThreadSanitizer")}));
}

TEST(FindingOfDeath, ASanitizerThatStopsTheProgramExplainsItsEnd) {
  for (const char* tool : {"AddressSanitizer", "LeakSanitizer", "UBSan"})
    EXPECT_FALSE(finding_of_death("p", exited_with(1), in_phase(StatusPage::running), {},
                                  {reported_by(tool)}));
  EXPECT_FALSE(finding_of_death("p", exited_with(66), in_phase(StatusPage::running),
                                {"CHECK failed"}, {reported_by("ThreadSanitizer")}));
}

TEST(HarnessError, SaysWhyAProcessSaysNothing) {
  Ended not_started;
  not_started.start_error = "cannot start p";
  EXPECT_EQ(harness_error(not_started, {}, {}, {}), "cannot start p");
  EXPECT_EQ(harness_error(exited_with(66), {}, {"unexpected memory mapping"}, {}),
            "unexpected memory mapping");
  EXPECT_THAT(harness_error(exited_with(0), {}, {}, {}), HasSubstr("left no status (exit code 0)"));
  EXPECT_EQ(harness_error(exited_with(0), in_phase(StatusPage::finished), {}, {}), "");
}

TEST(HarnessError, WhatTheMachineKilledOrNeverBeganSaysNothing) {
  EXPECT_THAT(harness_error(ended_by(SIGKILL), in_phase(StatusPage::running), {}, {}),
              HasSubstr("SIGKILL"));
  EXPECT_FALSE(
      finding_of_death("p", ended_by(SIGKILL), in_phase(StatusPage::running), {}, {}).has_value());
  ProgramStatus idle = in_phase(StatusPage::finished);
  idle.started = 0;
  EXPECT_THAT(harness_error(exited_with(0), idle, {}, {}), HasSubstr("before its first execution"));
}

TEST(HarnessError, AFindingIsSomethingSaid) {
  EXPECT_EQ(harness_error(exited_with(66), in_phase(StatusPage::running), {"CHECK failed"},
                          {reported_by("ThreadSanitizer")}),
            "");
}

TEST(DidHang, OnlyWhatLivedUntilItWasKilledForIt) {
  Ended ended = ended_by(SIGKILL);
  ended.killed = true;
  EXPECT_TRUE(did_hang(ended));
  ended.signal = SIGABRT;
  EXPECT_FALSE(did_hang(ended)) << "it aborted by itself";
  ended = exited_with(0);
  ended.killed = true;
  EXPECT_FALSE(did_hang(ended)) << "it came to its end";
}

}  // namespace
}  // namespace redflag
