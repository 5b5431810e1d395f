// Of many accesses to a word ThreadSanitizer forgets some: here mostly one of the two that race. By
// clang++ no order of the threads alone shows it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gsl/util>

#include "explore/driver/fork_server.h"
#include "explore/driver/steps.h"
#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

unsigned executions_that_race(ForkServer& server, unsigned evictions) {
  unsigned race = 0;
  for (std::uint32_t i = 1; i <= evictions; ++i) {
    explorer::Spec spec = {};
    spec.strategy = explorer::StrategyId::prefix;
    spec.max_steps = 100000;
    spec.eviction = i;
    if (!server.run(spec).sanitizer.empty()) ++race;
  }
  return race;
}

// One in 40 if what it forgets were never varied often.
TEST(Eviction, ShowsTheRaceInOneExecutionOfFifteen) {
  const TestFolder folder;
  ServerOptions options;
  options.log = folder.path() / "log";
  ForkServer server(explored_program("bytes_race_bug"), options);
  constexpr unsigned evictions = 300;
  EXPECT_GT(executions_that_race(server, evictions), evictions / 15);
}

SearchResult first_race(std::uint64_t seed) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 600);
  options.seed = seed;
  options.until_finding = true;
  options.minimise = true;
  return search(explored_program("bytes_race_bug"), options);
}

// Its name and the simplest schedule come from other processes. What the user suppresses is known
// by name only, and must not be mixed up with what was forgotten.
TEST(Eviction, IsTheSameWhereTheRaceIsShownAgain) {
  const TestFolder folder;
  std::ofstream(folder.path() / "suppressions") << "race:another\n";
  const std::string suppressions = "suppressions=" + (folder.path() / "suppressions").string();
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const SearchResult all = first_race(seed);
    setenv("TSAN_OPTIONS", suppressions.c_str(), 1);
    const auto cleanup = gsl::finally([] { unsetenv("TSAN_OPTIONS"); });
    const SearchResult with_suppressions = first_race(seed);
    for (const SearchResult& result : {all, with_suppressions}) {
      ASSERT_EQ(result.discoveries.size(), 1U);
      const Discovery& race = result.discoveries[0];
      EXPECT_EQ(race.first_schedule, result.schedules);
      EXPECT_TRUE(race.reproduced);
      EXPECT_TRUE(std::ranges::any_of(race.steps, [](const Step& step) {
        return step.place.find("bytes_race_bug.cpp") != std::string::npos;
      }));
    }
    EXPECT_EQ(all.schedules, with_suppressions.schedules);
  }
}

}  // namespace
}  // namespace redflag
