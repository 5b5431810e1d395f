#include "process/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

namespace redflag {
namespace {

using testing::HasSubstr;

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  return command;
}

TEST(RunChild, KeepsOutputApartAndTheExitCode) {
  const Ended ended = run_child(shell("echo out; echo err >&2; exit 7"));
  EXPECT_EQ(ended.exit_code, 7);
  EXPECT_EQ(ended.out, "out\n");
  EXPECT_EQ(ended.err, "err\n");
  EXPECT_FALSE(ended.killed);
}

TEST(RunChild, TellsTheSignal) {
  const Ended ended = run_child(shell("kill -SEGV $$"));
  EXPECT_EQ(ended.exit_code, std::nullopt);
  EXPECT_EQ(ended.signal, SIGSEGV);
}

TEST(RunChild, AProgramThatIsNotThereIsNamed) {
  Command command;
  command.argv = {"/nowhere/program"};
  EXPECT_THAT(run_child(command).start_error, HasSubstr("/nowhere/program: No such file"));
  command.argv = {"no-such-program-in-path"};
  EXPECT_THAT(run_child(command).start_error, HasSubstr("no-such-program-in-path"));
}

TEST(RunChild, CutsAFloodOfOutputAndStillEnds) {
  Command command = shell("head -c 10000000 /dev/zero; exit 0");
  command.output_limit = 1000;
  const Ended ended = run_child(command);
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out.size(), 1000U);
  EXPECT_TRUE(ended.output_cut);
}

TEST(RunChild, TheWatcherCanEndIt) {
  const Ended ended = run_child(shell("sleep 1000"), [](pid_t) { return Watch::kill; });
  EXPECT_TRUE(ended.killed);
  EXPECT_EQ(ended.signal, SIGKILL);
}

// Asks to end what says that it is ready, by making a file.
Ended ask_when_ready(const std::string& before, const std::string& after, double seconds) {
  const auto ready =
      std::filesystem::path(testing::TempDir()) / ("ready-to-end-" + std::to_string(getpid()));
  Command command = shell(before + " >" + ready.string() + after);
  command.time_to_end = std::chrono::duration<double>(seconds);
  Ended ended = run_child(command, [&](pid_t) {
    return std::filesystem::exists(ready) ? Watch::ask_to_end : Watch::go_on;
  });
  std::filesystem::remove(ready);
  return ended;
}

TEST(RunChild, WhatIsAskedToEndMayTidyUpAndSoMayItsGroup) {
  const Ended ended = ask_when_ready("(trap 'sleep 0.1; echo tidied up; exit' TERM; : ",
                                     "; while :; do sleep 0.01; done) & exec sleep 1000", 60);
  EXPECT_TRUE(ended.killed);
  EXPECT_EQ(ended.signal, SIGTERM);
  EXPECT_EQ(ended.out, "tidied up\n");
}

TEST(RunChild, WhatDoesNotEndWhenAskedIsKilled) {
  const Ended ended = ask_when_ready("trap '' TERM; : ", "; while :; do sleep 0.01; done", 0.1);
  EXPECT_TRUE(ended.killed);
  EXPECT_EQ(ended.signal, SIGKILL);
}

TEST(RunChild, WhatItLeavesBehindIsKilledAndNotWaitedFor) {
  const Ended ended = run_child(shell("sleep 1000 & echo $!"));
  ASSERT_EQ(ended.exit_code, 0);
  const pid_t left = std::stoi(ended.out);
  // Killed, which takes the kernel a moment; then gone, or a zombie until init reaps it.
  Command look = shell(
      "lives() { grep -q '^State:[[:space:]]*[RSD]' /proc/$0/status 2>/dev/null; }\n"
      "i=0; while [ $i -lt 2000 ] && lives; do i=$((i + 1)); done; ! lives");
  look.argv.push_back(std::to_string(left));
  EXPECT_EQ(run_child(look).exit_code, 0);
}

TEST(RunChild, AddsToTheEnvironmentAndReplacesInIt) {
  Command command = shell("echo $HOME$REDFLAG_TEST");
  command.environment = {{"HOME", "/h"}, {"REDFLAG_TEST", "+"}};
  EXPECT_EQ(run_child(command).out, "/h+\n");
}

TEST(RunChild, AChildThatClosesItsStreamsIsWaitedFor) {
  EXPECT_EQ(run_child(shell("exec >&- 2>&-; head -c 1000000 /dev/zero | cat >/dev/null; exit 3"))
                .exit_code,
            3);
}

TEST(RunChild, FixedAddressesAreFixed) {
  Command command = shell("grep -m1 '\\[stack\\]' /proc/self/maps");
  command.fixed_addresses = true;
  EXPECT_EQ(run_child(command).out, run_child(command).out);
}

TEST(FindProgram, LooksInPath) {
  EXPECT_THAT(find_program("sh"), HasSubstr("/sh"));
  EXPECT_EQ(find_program("no-such-program-in-path"), "");
  EXPECT_EQ(find_program("./as/it/is"), "./as/it/is");
}

}  // namespace
}  // namespace redflag
