#include "explore/driver/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "explore/driver/fork_server.h"
#include "explore/driver/narrative.h"
#include "explore/driver/strategies.h"
#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

std::vector<std::uint64_t> hashes(const std::string& program, unsigned schedules) {
  const TestFolder folder;
  ServerOptions options;
  options.log = folder.path() / "log";
  ForkServer server(explored_program(program), options);
  std::vector<std::uint64_t> seen;
  for (unsigned i = 1; i <= schedules; ++i) {
    explorer::Spec spec = {};
    spec.strategy = explorer::StrategyId::pos;
    spec.seed = i;
    spec.max_steps = 100000;
    server.run(spec);
    seen.push_back(server.page().hash);
  }
  return seen;
}

TEST(Search, OneSeedIsOneSchedule) {
  constexpr unsigned schedules = 100;
  const auto first = hashes("mutex_ok", schedules);
  EXPECT_EQ(first, hashes("mutex_ok", schedules));
  const std::set<std::uint64_t> distinct(first.begin(), first.end());
  EXPECT_GT(distinct.size(), schedules / 20) << "seeds must differ";
}

TEST(Search, InterruptsAThreadBetweenAccessesThatRaced) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 60);
  options.minimise = true;
  const SearchResult result = search(explored_program("lost_update_bug"), options);
  const auto lost = std::ranges::find_if(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::abort;
  });
  ASSERT_NE(lost, result.discoveries.end());
  EXPECT_TRUE(lost->reproduced);
  EXPECT_EQ(lost->preemptions, 1U);
  EXPECT_TRUE(std::ranges::any_of(
      lost->steps, [](const Step& step) { return step.what == "writes location 1"; }));
  const auto race = std::ranges::find_if(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::data_race;
  });
  ASSERT_NE(race, result.discoveries.end());
  EXPECT_EQ(race->first_schedule, 1U) << "before its accesses were steps";
  EXPECT_TRUE(std::ranges::any_of(race->steps, [](const Step& step) {
    return step.what == "writes location 1";
  })) << "its schedule has them";
}

TEST(Search, SaysForWhichCallAThreadLeftTheSchedule) {
  const TestFolder folder;
  const SearchOptions options = test_options(folder, 20);
  const SearchResult result = search(explored_program("flock_ok"), options);
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_GT(result.uncontrolled, 0U);
  EXPECT_NE(in_words(result, options).find("not controlled, first at flock_ok.cpp:15 in main"),
            std::string::npos)
      << in_words(result, options);
}

TEST(Search, SaysWhereANondeterministicProgramDiffers) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100);
  for (const Strategy strategy : {Strategy::pos, Strategy::exhaustive}) {
    options.strategy = strategy;
    const SearchResult result = search(explored_program("nondeterministic_ok"), options);
    EXPECT_TRUE(result.discoveries.empty()) << result.discoveries[0].finding.signature;
    EXPECT_NE(result.nondeterminism.find("two runs of one schedule differ from step "),
              std::string::npos)
        << result.nondeterminism;
    EXPECT_NE(result.nondeterminism.find("nondeterministic_ok.cpp:"), std::string::npos)
        << result.nondeterminism;
    EXPECT_FALSE(result.complete);
  }
}

TEST(Search, TellsOfAnExitCodeWhatTheProgramSaid) {
  const TestFolder folder;
  const Target target = examine({std::string(REDFLAG_EXPLORED) + "/arguments_ok", "a b", "*c"});
  const SearchResult result = search(target, test_options(folder, 2));
  ASSERT_EQ(result.discoveries.size(), 1U);
  const Finding& finding = result.discoveries[0].finding;
  EXPECT_EQ(finding.kind, Kind::unexpected_exit);
  EXPECT_EQ(finding.signature, "exit code 2");
  EXPECT_NE(finding.text.find("argument <a b>\nargument <*c>\n"), std::string::npos)
      << finding.text;
}

// Of std::atomic::wait() too: the value is another one, and nobody says so.
TEST(Search, TellsALostWakeUpFromADeadlock) {
  for (const auto& [program, kind] : {std::pair{"atomic_wait_bug", Kind::lost_wakeup},
                                      {"condition_bug", Kind::lost_wakeup},
                                      {"never_posted_bug", Kind::deadlock}}) {
    const TestFolder folder;
    SearchOptions options = test_options(folder, 300);
    options.until_finding = true;
    const SearchResult result = search(explored_program(program), options);
    ASSERT_FALSE(result.discoveries.empty()) << program;
    EXPECT_EQ(result.discoveries[0].finding.kind, kind) << program;
  }
}

// pos is what the others of these tests use.
TEST(Search, OtherStrategiesFindWhatOnlySomeSchedulesShow) {
  for (const Strategy strategy : {Strategy::pct, Strategy::random}) {
    for (const char* program : {"mutex_bug", "atomic_bug", "condition_bug"}) {
      const TestFolder folder;
      SearchOptions options = test_options(folder, 500);
      options.strategy = strategy;
      options.until_finding = true;
      EXPECT_FALSE(search(explored_program(program), options).discoveries.empty())
          << program << " by " << to_string(strategy);
    }
  }
}

TEST(Search, TakesALongExecutionForNoLivelock) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 5);
  options.max_steps = 500;
  const SearchResult result = search(explored_program("long_ok"), options);
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_GT(result.steps, 5 * options.max_steps);
}

TEST(Search, TakesForALivelockWhatHasTenTimesTheSteps) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 5);
  options.max_steps = 100;
  const SearchResult result = search(explored_program("long_ok"), options);
  ASSERT_FALSE(result.discoveries.empty());
  EXPECT_EQ(result.discoveries[0].finding.kind, Kind::livelock);
}

TEST(Search, ShowsNothingThatTheUserSuppresses) {
  const TestFolder folder;
  std::ofstream(folder.path() / "suppressions") << "race:race_bug.cpp\n";
  setenv("TSAN_OPTIONS", ("suppressions=" + (folder.path() / "suppressions").string()).c_str(), 1);
  const SearchResult result = search(explored_program("race_bug"), test_options(folder, 50));
  unsetenv("TSAN_OPTIONS");
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_EQ(result.with_finding, 0U);
}

// A sanitizer tells of one race of a location; here three accesses of one function race.
TEST(Search, InterruptsAThreadAtEveryAccessThatRaces) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 300);
  options.satisfied = [](const std::vector<Finding>& seen) {
    return std::ranges::find(seen, Kind::abort, &Finding::kind) != seen.end();
  };
  options.until_satisfied = true;
  const SearchResult result = search(explored_program("torn_check_bug"), options);
  EXPECT_TRUE(std::ranges::any_of(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::abort;
  }));
}

TEST(Search, GoesThroughAllOrdersOfAccessesThatRace) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 1000);
  options.strategy = Strategy::exhaustive;
  options.preemptions = std::nullopt;
  const SearchResult result = search(explored_program("lost_update_bug"), options);
  EXPECT_TRUE(result.complete);
  EXPECT_LT(result.schedules, 20U);
  EXPECT_TRUE(std::ranges::any_of(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::abort;
  }));
}

TEST(Search, WhichAccessesAreStepsDoesNotDependOnTheNumberOfWorkers) {
  std::vector<std::uint64_t> distinct;
  for (const unsigned jobs : {1U, 3U}) {
    const TestFolder folder;
    SearchOptions options = test_options(folder, 100);
    options.jobs = jobs;
    options.minimise = false;
    distinct.push_back(search(explored_program("lost_update_bug"), options).distinct);
  }
  EXPECT_EQ(distinct[0], distinct[1]);
}

TEST(Search, NoiseOfACorrectProgramShowsNothing) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 30);
  options.strategy = Strategy::noise;
  options.jobs = 2;
  const SearchResult result = search(explored_program("mutex_ok"), options);
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_EQ(result.schedules, 30U);
  EXPECT_GT(result.steps, 30U) << "the places where a thread might have been delayed";
  EXPECT_EQ(result.distinct, 0U) << "there are no schedules to be compared";
}

TEST(Search, NamesAFindingAlsoIfItsScheduleCannotBeFollowed) {
  const TestFolder folder;
  const SearchResult result =
      search(explored_program("race_unfollowed_bug"), test_options(folder, 1));
  ASSERT_EQ(result.discoveries.size(), 1U);
  EXPECT_FALSE(result.discoveries[0].reproduced);
  EXPECT_NE(result.discoveries[0].finding.signature.find("race_unfollowed_bug.cpp"),
            std::string::npos)
      << result.discoveries[0].finding.signature;
}

}  // namespace
}  // namespace redflag
