// redflag replay --gdb as a person runs it, who types commands to gdb when the program stands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "explore/driver/test_programs.h"
#include "process/child.h"

namespace redflag {
namespace {

using testing::HasSubstr;

// The schedule of the program's first finding of that kind.
std::filesystem::path schedule_that_shows(Kind kind, const std::string& program,
                                          const TestFolder& folder) {
  const SearchResult result = search(explored_program(program), test_options(folder, 20));
  const auto found = std::ranges::find_if(result.discoveries, [&](const Discovery& discovery) {
    return discovery.finding.kind == kind;
  });
  return found == result.discoveries.end() ? std::filesystem::path() : found->file;
}

// What gdb says from where it stops, to somebody who types these lines.
std::string gdb_says(const std::filesystem::path& schedule, const TestFolder& folder,
                     const std::string& lines) {
  const std::filesystem::path typed = folder.path() / "typed";
  std::ofstream(typed) << lines << "kill\nquit\n";
  Command command;
  command.argv = {
      "/bin/sh",         "-c",          R"(exec "$0" replay --gdb "$1" <"$2")", REDFLAG_COMMAND,
      schedule.string(), typed.string()};
  command.environment = {{"DEBUGINFOD_URLS", ""}};  // no look-up in the network
  const Ended ended = run_child_for(command, 60);
  const auto start = ended.out.find("Starting program");
  const bool stops = ended.out.find("hit Breakpoint") != std::string::npos ||
                     ended.out.find("hit Catchpoint") != std::string::npos;
  return !stops || start == std::string::npos ? "no stop in: " + ended.out + ended.err
                                              : ended.out.substr(start);
}

class Gdb : public testing::Test {
 protected:
  void SetUp() override {
    if (find_program("gdb").empty()) GTEST_SKIP() << "there is no gdb";
  }
  TestFolder folder_;
};

TEST_F(Gdb, StopsWhereADeadlockIsComplete) {
  const auto schedule = schedule_that_shows(Kind::deadlock, "mutex_bug", folder_);
  ASSERT_FALSE(schedule.empty());
  const std::string said = gdb_says(schedule, folder_, "thread apply all backtrace\n");
  EXPECT_THAT(said, HasSubstr("hit Breakpoint 1, redflag_explore_stopped"));
  for (const char* place : {"mutex_bug.cpp:11", "mutex_bug.cpp:17", "mutex_bug.cpp:24"})
    EXPECT_THAT(said, HasSubstr(place)) << "where a thread waits";
}

TEST_F(Gdb, StopsAtTheAccessThatRaces) {
  const auto schedule = schedule_that_shows(Kind::data_race, "race_bug", folder_);
  ASSERT_FALSE(schedule.empty());
  const std::string said = gdb_says(schedule, folder_, "backtrace\n");
  EXPECT_THAT(said, HasSubstr("hit Breakpoint 2"));
  EXPECT_THAT(said, testing::AnyOf(HasSubstr("race_bug.cpp:21"), HasSubstr("race_bug.cpp:24")));
}

TEST_F(Gdb, StopsBeforeTheExitAndKeepsArgumentsWhole) {
  const Target target = examine({std::string(REDFLAG_EXPLORED) + "/arguments_ok", "a b", "*c"});
  const SearchResult result = search(target, test_options(folder_, 2));
  ASSERT_EQ(result.discoveries.size(), 1U);
  const std::string said = gdb_says(result.discoveries[0].file, folder_, "continue\n");
  EXPECT_THAT(said, HasSubstr("call to syscall exit_group"));
  EXPECT_THAT(said, HasSubstr("argument <a b>\nargument <*c>\n"));
}

}  // namespace
}  // namespace redflag
