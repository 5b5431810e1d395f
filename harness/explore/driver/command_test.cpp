// redflag explore and redflag replay as a person runs them.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "explore/driver/test_programs.h"
#include "process/child.h"

namespace redflag {
namespace {

Ended redflag(std::vector<std::string> words) {
  Command command;
  command.argv = {REDFLAG_COMMAND};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  return run_child(command);
}

std::string explored(const std::string& name) { return std::string(REDFLAG_EXPLORED) + "/" + name; }

// The schedule that shows `finding` in a program which has that bug.
std::string saved_schedule(const TestFolder& folder, const std::string& program,
                           const std::string& finding) {
  const Ended ended = redflag(
      {"explore", "--schedules", "20", "--out", folder.path().string(), "--", explored(program)});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  const auto at = ended.out.find(finding + ": ");
  const auto replay = ended.out.find("redflag replay ", at);
  EXPECT_NE(replay, std::string::npos) << ended.out;
  if (replay == std::string::npos) return {};
  const auto start = replay + std::string_view("redflag replay ").size();
  return ended.out.substr(start, ended.out.find('\n', start) - start);
}

std::string saved_deadlock(const TestFolder& folder) {
  return saved_schedule(folder, "mutex_bug", "deadlock");
}

struct Bug {
  const char* program;
  const char* finding;
};
void PrintTo(const Bug& bug, std::ostream* out) { *out << bug.finding << " in " << bug.program; }

class WithinTwentySchedules : public testing::TestWithParam<Bug> {};

TEST_P(WithinTwentySchedules, IsABugThatReplaysEveryTime) {
  const TestFolder folder;
  const std::string schedule = saved_schedule(folder, GetParam().program, GetParam().finding);
  const Ended again = redflag({"replay", "--times", "100", schedule});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("reproduced 100 of 100 times"), std::string::npos) << again.out;
}

INSTANTIATE_TEST_SUITE_P(All, WithinTwentySchedules,
                         testing::Values(Bug{"mutex_bug", "deadlock"},
                                         Bug{"philosophers_bug", "deadlock"},
                                         Bug{"condition_bug", "lost-wakeup"},
                                         Bug{"atomic_bug", "abort"}),
                         [](const auto& info) { return std::string(info.param.program); });

TEST(ExploreCommand, ReplayPrintsAndWritesTheSteps) {
  const TestFolder folder;
  const std::string schedule = saved_deadlock(folder);
  const std::string trace = (folder.path() / "trace.json").string();
  const Ended again = redflag({"replay", "--trace", "--chrome-trace", trace, schedule});
  EXPECT_NE(again.out.find("locks mutex 1 at mutex_bug.cpp:"), std::string::npos) << again.out;
  std::ifstream in(trace);
  const auto events = nlohmann::json::parse(in).at("traceEvents");
  const auto locks = [](const auto& event) {
    return event.at("ph") == "X" && event.at("name") == "locks mutex 1" &&
           event.at("args").at("at").template get<std::string>().starts_with("mutex_bug.cpp:");
  };
  EXPECT_TRUE(std::ranges::any_of(events, locks)) << events;
}

// To note stacks, as for a trace, has ThreadSanitizer forget other accesses than without.
TEST(ExploreCommand, ReplayShowsARaceBetweenManyAccessesAlsoWithItsTrace) {
  const TestFolder folder;
  const Ended found = redflag({"explore", "--schedules", "600", "--until-finding", "--out",
                               folder.path().string(), "--", explored("bytes_race_bug")});
  EXPECT_EQ(found.exit_code, 1) << found.out << found.err;
  const std::string schedule = (folder.path() / "1.schedule").string();
  const Ended again = redflag({"replay", "--times", "3", "--trace", schedule});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("creates a thread at bytes_race_bug.cpp:"), std::string::npos)
      << again.out;
}

TEST(ExploreCommand, AScheduleOfAnotherBuildIsRefused) {
  const TestFolder folder;
  const std::string program = (folder.path() / "program").string();
  std::filesystem::copy(explored("mutex_bug"), program);
  redflag({"explore", "--schedules", "20", "--out", folder.path().string(), "--", program});
  std::filesystem::copy(explored("mutex_ok"), program,
                        std::filesystem::copy_options::overwrite_existing);
  const Ended again = redflag({"replay", (folder.path() / "1.schedule").string()});
  EXPECT_EQ(again.exit_code, 3);
  EXPECT_NE(again.err.find("another build"), std::string::npos) << again.err;
}

TEST(ExploreCommand, ACorrectProgramIsClean) {
  const TestFolder folder;
  const Ended ended = redflag({"explore", "--schedules", "30", "--jobs", "2", "--out",
                               folder.path().string(), "--", explored("mutex_ok")});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("30 schedules (pos)"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("0 findings"), std::string::npos);
}

TEST(ExploreCommand, TheFoldersNameMayHaveAnApostrophe) {
  const TestFolder folder;
  const Ended ended = redflag({"explore", "--schedules", "5", "--out", folder.path() / "it's", "--",
                               explored("unordered_writes_bug")});
  EXPECT_EQ(ended.exit_code, 1) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("data-race: "), std::string::npos) << ended.out;
}

TEST(ExploreCommand, SaysWhereThreadsAreInterrupted) {
  const TestFolder folder;
  const Ended ended = redflag({"explore", "--strategy", "random", "--schedules", "60", "--out",
                               folder.path().string(), "--", explored("philosophers_bug")});
  const auto at = ended.out.find("  1 preemption:\n");
  ASSERT_NE(at, std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find(
                "is interrupted at philosophers_bug.cpp:13 in dine before it locks mutex ", at),
            std::string::npos)
      << ended.out;
}

TEST(ExploreCommand, ExhaustiveSaysWhatItCovered) {
  const TestFolder folder;
  const auto said = [&](const std::string& preemptions, const std::string& schedules) {
    return redflag({"explore", "--strategy", "exhaustive", "--preemptions", preemptions,
                    "--schedules", schedules, "--out", folder.path().string(), "--",
                    explored("mutex_ok")})
        .out;
  };
  EXPECT_NE(said("1", "100").find("these are all schedules within 1 preemptions\n"),
            std::string::npos);
  EXPECT_NE(said("1", "2").find("there are more schedules within 1 preemptions\n"),
            std::string::npos);
  EXPECT_NE(said("none", "100")
                .find("these are all schedules; of those that differ only in the "
                      "order of independent steps, one\n"),
            std::string::npos);
  EXPECT_NE(said("none", "1").find("there are more schedules\n"), std::string::npos);
}

TEST(ExploreCommand, NoiseHasNoScheduleAndSaysWhatToDoInstead) {
  const TestFolder folder;
  const Ended ended =
      redflag({"explore", "--strategy", "noise", "--seed", "7", "--schedules", "20", "--out",
               folder.path().string(), "--", explored("unordered_writes_bug")});
  EXPECT_EQ(ended.exit_code, 1) << ended.out << ended.err;
  for (const char* said : {"data-race: testdata/unordered_writes_bug.cpp:main", "of 20\n",
                           "% of its executions show it", "20 executions (noise)",
                           "nothing can be replayed or minimised", "the same seed, 7,"})
    EXPECT_NE(ended.out.find(said), std::string::npos) << said << " is not in\n" << ended.out;
  EXPECT_EQ(ended.out.find("redflag replay"), std::string::npos) << ended.out;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "1.log"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "1.schedule"));
}

// The only time that is waited for is real: nobody schedules the threads, so nobody knows that
// they wait for each other.
TEST(ExploreCommand, ADeadlockUnderNoiseIsAHangWithStacks) {
  const TestFolder folder;
  const Ended ended =
      redflag({"explore", "--strategy", "noise", "--schedules", "1", "--hang-after", "200ms",
               "--out", folder.path().string(), "--", explored("never_posted_bug")});
  EXPECT_EQ(ended.exit_code, 1) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("hang: it did not end within 0.2 s"), std::string::npos) << ended.out;
  if (find_program("eu-stack").empty() && find_program("gdb").empty())
    GTEST_SKIP() << "nothing reads stacks here";
  EXPECT_NE(ended.out.find("hang: testdata/never_posted_bug.cpp:main | "
                           "testdata/never_posted_bug.cpp:take\n"),
            std::string::npos)
      << ended.out;
}

struct BadInput {
  std::vector<std::string> words;
  int exit_code;
  const char* says;
};

TEST(ExploreCommand, BadInputIsToldWithAnExitCodeOfItsOwn) {
  const TestFolder folder;
  const std::string setuid = folder.path() / "setuid";
  std::filesystem::copy(explored("mutex_ok"), setuid);
  std::filesystem::permissions(setuid, std::filesystem::perms::set_uid,
                               std::filesystem::perm_options::add);
  const std::string cut = folder.path() / "cut.schedule";
  const std::string schedule = saved_deadlock(folder);
  std::filesystem::copy(schedule, cut);
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
  const std::string edited = folder.path() / "edited.schedule";
  {
    std::ifstream in(schedule);
    std::string text(std::istreambuf_iterator<char>(in), {});
    text.insert(text.rfind('\n') - 1, "9");
    std::ofstream(edited) << text;
  }
  const std::vector<std::string> explore = {"explore", "--out", folder.path()};
  const auto exploring = [&](const std::string& program) {
    std::vector<std::string> words = explore;
    words.insert(words.end(), {"--", program});
    return words;
  };
  const std::vector<BadInput> all = {
      {exploring("/no/such"), 3, "there is no program /no/such"},
      {exploring(explored("static")), 3, "is statically linked"},
      {exploring(explored("static_runtime")), 3, "link the CMake target redflag::explore"},
      {exploring(setuid), 3, "is setuid or setgid"},
      {{"explore", "--strategy", "luck", "--", explored("mutex_ok")}, 2, "luck"},
      {{"explore", "--preemptions", "2x", "--", explored("mutex_ok")}, 2, "\"2x\""},
      {{"explore"}, 2, "program is required"},
      {{"replay", "/no/such.schedule"}, 2, "/no/such.schedule"},
      {{"replay", cut}, 3, "is cut short"},
      {{"replay", edited}, 3, "was changed"},
  };
  for (const BadInput& bad : all) {
    const Ended ended = redflag(bad.words);
    EXPECT_EQ(ended.exit_code, bad.exit_code) << bad.words.back() << "\n" << ended.err;
    EXPECT_NE(ended.err.find(bad.says), std::string::npos) << ended.err;
  }
}

TEST(ExploreCommand, AProgramWithoutTheSanitizerIsExploredWithAWarning) {
  const TestFolder folder;
  const Ended ended = redflag(
      {"explore", "--schedules", "5", "--out", folder.path().string(), "--", explored("plain")});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("built without -fsanitize=thread"), std::string::npos) << ended.out;
}

// No sanitizer says where it died, so the explorer does.
TEST(ExploreCommand, OfAProgramWithoutTheSanitizerItSaysWhereItDied) {
  const TestFolder folder;
  const auto out_of = [&](const std::string& program) {
    return redflag({"explore", "--schedules", "30", "--out", folder.path().string(), "--",
                    explored(program)})
        .out;
  };
  const std::string crashed = out_of("plain_crash_bug");
  EXPECT_NE(crashed.find("crash: testdata/crash_bug.cpp:use\n"), std::string::npos) << crashed;
  const std::string gave_up = out_of("plain_exit_code_bug");
  EXPECT_NE(gave_up.find("unexpected-exit: testdata/exit_code_bug.cpp:take\n"), std::string::npos)
      << gave_up;
}

TEST(ExploreCommand, OfAProgramWithoutTheSanitizerItKnowsALeakedThreadAgain) {
  const TestFolder folder;
  const std::string schedule = saved_schedule(folder, "plain_unjoined_bug", "thread-leak");
  const Ended again = redflag({"replay", schedule});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("thread-leak: testdata/unjoined_bug.cpp:start\n"), std::string::npos)
      << again.out;
}

}  // namespace
}  // namespace redflag
