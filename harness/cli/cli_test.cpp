// The redflag command as its users meet it: exit codes, messages, files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "model/json.h"
#include "process/child.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Ended redflag_command(std::vector<std::string> arguments) {
  Command command;
  command.argv = {REDFLAG_COMMAND};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  return run_child(command);
}

class CommandTest : public testing::Test {
 protected:
  CommandTest()
      : folder_(
            fs::path(testing::TempDir()) /
            (std::string("cli-") + testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~CommandTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void write_results(const std::string& text) { std::ofstream(folder_ / "results.json") << text; }

  fs::path folder_;
};

TEST_F(CommandTest, WithoutAVerbItIsUsedWrongly) {
  const Ended ended = redflag_command({});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("--help"));
}

TEST_F(CommandTest, HelpNamesEveryVerbAndTheExitCodes) {
  const Ended ended = redflag_command({"--help"});
  EXPECT_EQ(ended.exit_code, 0);
  for (const char* word : {"run", "check", "list", "show", "doctor", "report", "Exit codes"})
    EXPECT_THAT(ended.out, HasSubstr(word));
}

TEST_F(CommandTest, AWordItDoesNotKnowGetsTheNearest) {
  const std::string out = (folder_ / "out").string();
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"rnu"}, "unknown verb \"rnu\"; did you mean run"},
      {{"run", "unlocked_countr", "--out", out}, "did you mean unlocked_counter?"},
      {{"run", "--mode", "tsn", "--out", out}, "did you mean tsan"},
      {{"run", "--mode", "tsan", "close_twise"}, "did you mean close_twice"},
      {{"run", "--side", "saef", "--out", out}, "did you mean safe"},
      {{"run", "--compiler", "gc", "--out", out}, "did you mean gcc?"},
      {{"run", "--budget", "soon", "--out", out}, "\"soon\" is no time"},
      {{"run", "--budget", "-5", "--out", out}, "-5"},
      {{"run", "--jobs", "0", "--out", out}, "--jobs"},
      {{"run", "--out", ""}, "--out wants the name of a folder"},
      {{"show", "unlocked_countr"}, "did you mean unlocked_counter?"},
      {{"show", "unlocked_counter", "--language", "fr"}, "--language"},
      {{"check", "p", "--mode", "tsn"}, "did you mean tsan"},
      {{"report"}, "dir"}};
  for (const auto& [arguments, said] : cases) {
    const Ended ended = redflag_command(arguments);
    EXPECT_EQ(ended.exit_code, 2) << said;
    EXPECT_THAT(ended.err, HasSubstr(said));
    EXPECT_THAT(ended.out, IsEmpty());
    EXPECT_FALSE(fs::exists(out)) << "nothing is made for a mistyped command";
  }
}

TEST_F(CommandTest, AnOutputFolderThatCannotBeMadeStopsItBeforeItBuilds) {
  std::ofstream(folder_ / "file") << "x";
  const Ended ended = redflag_command({"run", "--out", (folder_ / "file" / "out").string()});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("file/out"), HasSubstr("--out")));
  EXPECT_THAT(ended.out, Not(HasSubstr("building")));
}

TEST_F(CommandTest, AFolderWithSomebodyElsesResultsIsLeftAlone) {
  write_results("{\"mine\": 1}");
  fs::create_directories(folder_ / "logs");
  const Ended ended = redflag_command({"run", "unlocked_counter", "--out", folder_.string()});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, HasSubstr("was not written by redflag"));
  EXPECT_TRUE(fs::exists(folder_ / "logs"));
}

TEST_F(CommandTest, ListAndShowTellTheCatalogue) {
  const Ended list = redflag_command({"list"});
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_THAT(list.out, AllOf(HasSubstr("§3.1"), HasSubstr("unlocked_counter")));
  EXPECT_THAT(list.out, HasSubstr("§3.1   unlocked_counter             counter++ from"))
      << "as wide as the longest name, version_swapped_under_reader";
  const Ended show = redflag_command({"show", "unlocked_counter"});
  EXPECT_EQ(show.exit_code, 0);
  EXPECT_THAT(show.out,
              AllOf(HasSubstr("Article §3.1"), HasSubstr("void increment() { ++value_; }"),
                    HasSubstr("redflag run unlocked_counter")));
  EXPECT_THAT(show.out, AllOf(Not(HasSubstr("<summary>")), Not(HasSubstr("<details>")),
                              HasSubstr("(with --answer)")));
  const Ended answer = redflag_command({"show", "unlocked_counter", "--answer"});
  EXPECT_GT(answer.out.size(), show.out.size()) << "the answer to the exercise";
  const Ended chinese = redflag_command({"show", "unlocked_counter", "--language", "zh"});
  EXPECT_EQ(chinese.exit_code, 0);
  EXPECT_THAT(chinese.out, AllOf(HasSubstr("## 各工具看到了什么"), Not(HasSubstr("## Why"))));
  const Ended diff = redflag_command({"show", "unlocked_counter", "--diff"});
  EXPECT_EQ(diff.exit_code, 0);
  EXPECT_THAT(diff.out, AllOf(HasSubstr("+++ scenarios/unlocked_counter/safe_atomic.cpp"),
                              HasSubstr("  +   std::atomic<int> value_ = 0;\n"),
                              Not(HasSubstr("redflag::program"))));
}

TEST_F(CommandTest, ReportWritesAgainFromResults) {
  Campaign campaign;
  campaign.complete = true;
  write_results(to_json(campaign));
  EXPECT_EQ(redflag_command({"report", folder_.string()}).exit_code, 0);
  for (const char* file : {"report.html", "report.md", "junit.xml"})
    EXPECT_TRUE(fs::exists(folder_ / file)) << file;
}

// A build that fails is the same news for many runs.
TEST_F(CommandTest, TellsOnceWhatManyRunsHaveInCommon) {
  Campaign campaign;
  campaign.complete = true;
  for (const char* variant : {"unsafe", "safe", "safe_other"}) {
    auto& run = campaign.runs.emplace_back();
    run.scenario = "s";
    run.variant = variant;
    run.status = Status::not_built;
    run.reasons = {"no compiler\n  to be found"};
  }
  campaign.runs.back().reasons = {"another reason"};
  write_results(to_json(campaign));
  EXPECT_THAT(
      redflag_command({"report", folder_.string()}).out,
      HasSubstr("\ns.unsafe plain and 1 more: not built\n    no compiler\n      to be found\n"
                "s.safe_other plain: not built\n    another reason\n0 of 3 runs"));
}

TEST_F(CommandTest, NothingThatAProgramSaysReachesTheTerminalAsItIs) {
  Campaign campaign;
  auto& run = campaign.runs.emplace_back();
  run.reasons = {"\033]0;title\007"};
  write_results(to_json(campaign));
  EXPECT_THAT(redflag_command({"report", folder_.string()}).out,
              AllOf(HasSubstr("␛]0;title␇"), Not(HasSubstr("\033"))));
}

TEST_F(CommandTest, SaysWhatTheFixesCost) {
  Campaign campaign;
  campaign.costs = {{"s", "op, 1 thread", 0.5, 10}};
  write_results(to_json(campaign));
  EXPECT_THAT(redflag_command({"report", folder_.string()}).out,
              testing::ContainsRegex("s, op, 1 thread +0.5 +10  20×\n"));
}

TEST_F(CommandTest, WhatCannotBePrintedWasNotDone) {
  for (const std::string words : {"list", "show unlocked_counter --diff", "--version", "--help"}) {
    Command command;
    command.argv = {"sh", "-c", std::string("exec " REDFLAG_COMMAND " ") + words + " >/dev/full"};
    const Ended ended = run_child(command);
    EXPECT_EQ(ended.exit_code, 3) << words;
    EXPECT_THAT(ended.err, HasSubstr("cannot")) << words;
  }
}

TEST_F(CommandTest, ReportRefusesWhatIsNoResultsFile) {
  const std::string whole = to_json(Campaign{});
  EXPECT_THAT(redflag_command({"report", folder_.string()}).err, HasSubstr("cannot read"));
  for (const std::string& text : {std::string(), whole.substr(0, whole.size() / 2),
                                  std::string("{\"schema_version\": 99}")}) {
    write_results(text);
    const Ended ended = redflag_command({"report", folder_.string()});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, HasSubstr("results.json is no results file"));
    EXPECT_FALSE(fs::exists(folder_ / "report.html"));
  }
}

TEST_F(CommandTest, CheckOfWhatIsNoProgramCannotRun) {
  for (const char* program : {"/nowhere/program", "/bin/true", "/etc/passwd"})
    EXPECT_EQ(redflag_command({"check", program, "--mode", "plain"}).exit_code, 3) << program;
}

TEST_F(CommandTest, CheckOfAProgramBuiltForAnotherModeCannotRun) {
  const std::string other = std::string(REDFLAG_MODE) == "tsan" ? "asan" : "tsan";
  const Ended ended = redflag_command({"check", REDFLAG_BROKEN_SAFE, "--mode", other});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.out, HasSubstr("not built"));
}

TEST_F(CommandTest, ASafeProgramThatIsBrokenFailsTheGateByName) {
  const Ended ended = redflag_command({"check", REDFLAG_BROKEN_SAFE, "--mode", REDFLAG_MODE});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("stop_before_process.safe"), HasSubstr("false alarm"),
                               HasSubstr("forbidden-outcome")));
}

Description description_of(const fs::path& program) {
  Command command;
  command.argv = {program.string(), "--describe"};
  return description_from_json(run_child(command).out);
}

// In how many modes the program must show something.
std::size_t modes_that_must(const Description& description) {
  std::set<Mode> modes;
  for (const auto& in_mode : description.expect) {
    if (in_mode.finding.required) modes.insert(in_mode.mode);
  }
  return modes.size();
}

TEST(Catalogue, EveryUnsafeProgramDeclaresWhatMustBeSeenAndNoSafeOneDeclaresAnything) {
  std::size_t programs = 0;
  for (const auto& entry : fs::recursive_directory_iterator(REDFLAG_PROGRAMS)) {
    if (!entry.is_regular_file()) continue;
    const Description description = description_of(entry.path());
    ++programs;
    EXPECT_EQ(description.variant, entry.path().filename());
    EXPECT_EQ(description.scenario, entry.path().parent_path().filename());
    EXPECT_EQ(modes_that_must(description) > 0, description.side == Side::unsafe) << entry.path();
    EXPECT_TRUE(description.expect.empty() || description.side == Side::unsafe) << entry.path();
  }
  std::size_t sources = 0;
  for (const auto& entry : fs::recursive_directory_iterator(REDFLAG_SCENARIOS))
    sources += entry.path().extension() == ".cpp" ? 1 : 0;
  EXPECT_EQ(programs, sources) << "each source is a program";
}

// Several stops, leaked threads, a stop before the work: what the article is about.
TEST(Catalogue, ThreeModesMustSeeTheHeadlineRisks) {
  for (const char* scenario : {"each_worker_stops", "repeated_stop", "stop_without_wait",
                               "listener_ignores_stop", "stop_before_process"}) {
    const auto program = fs::path(REDFLAG_PROGRAMS) / scenario / "unsafe";
    EXPECT_GE(modes_that_must(description_of(program)), 3U) << scenario;
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// It has to fit on a projector.
TEST(Catalogue, ProgramsAreShort) {
  for (const auto& entry : fs::recursive_directory_iterator(REDFLAG_SCENARIOS)) {
    if (entry.path().extension() != ".cpp") continue;
    EXPECT_LT(std::ranges::count(text_of(entry.path()), '\n'), 80) << entry.path();
  }
}

TEST(Catalogue, HasALessonInBothLanguagesForEachOfItsRows) {
  const std::string catalogue = text_of(fs::path(REDFLAG_SCENARIOS) / "README.md");
  int rows = 0;
  for (const auto& entry : fs::directory_iterator(REDFLAG_SCENARIOS)) {
    const std::string name = entry.path().filename();
    if (!entry.is_directory() || catalogue.find(name + "/lesson.md") == std::string::npos) continue;
    ++rows;
    EXPECT_TRUE(fs::exists(entry.path() / "lesson.zh.md")) << name;
    EXPECT_THAT(catalogue, HasSubstr(name + "/lesson.zh.md"));
  }
  EXPECT_EQ(rows, 33);
}

}  // namespace
}  // namespace redflag
