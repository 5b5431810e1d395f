// All schedules of a program, or all within a bound of preemptions.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "explore/driver/search.h"
#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

SearchResult exhausted(const std::string& program, std::optional<std::uint32_t> preemptions) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 1000);
  options.strategy = Strategy::exhaustive;
  options.preemptions = preemptions;
  return search(explored_program(program), options);
}

std::set<std::string> signatures(const SearchResult& result) {
  std::set<std::string> signatures;
  for (const auto& discovery : result.discoveries) signatures.insert(discovery.finding.signature);
  return signatures;
}

TEST(Exhaustive, WithoutABoundFindsAllWithFewerSchedules) {
  for (const char* program :
       {"mutex_bug", "mutex_ok", "atomic_bug", "atomic_ok", "condition_bug", "semaphore_bug"}) {
    const SearchResult every = exhausted(program, 1000000);
    const SearchResult few = exhausted(program, std::nullopt);
    EXPECT_TRUE(every.complete) << program;
    EXPECT_TRUE(few.complete) << program;
    EXPECT_EQ(signatures(few), signatures(every)) << program;
    // It has few, and the bounded search leaves some of them out by itself.
    const bool small = std::string_view(program) == "condition_bug";
    EXPECT_LE(few.schedules * 3, every.schedules + (small ? 2 : 0)) << program;
  }
}

TEST(Exhaustive, WithoutABoundTriesBothOrdersOfAccessesThatOverlap) {
  const SearchResult result = exhausted("overlap_bug", std::nullopt);
  EXPECT_TRUE(std::ranges::any_of(result.discoveries, [](const Discovery& discovery) {
    return discovery.finding.kind == Kind::abort;
  }));
}

TEST(Exhaustive, WithoutABoundRunsIndependentThreadsOnce) {
  const SearchResult result = exhausted("independent_ok", std::nullopt);
  EXPECT_TRUE(result.complete);
  EXPECT_EQ(result.schedules, 1U);
}

TEST(Exhaustive, EndsAndFindsNothingInACorrectProgram) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100000);
  options.strategy = Strategy::exhaustive;
  options.preemptions = 1;
  const SearchResult result = search(explored_program("condition_ok"), options);
  EXPECT_TRUE(result.complete);
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_EQ(result.distinct, result.schedules) << "no schedule is run twice";
}

TEST(Exhaustive, WithinTooSmallABoundDoesNotSeeTheBug) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100000);
  options.strategy = Strategy::exhaustive;
  options.preemptions = 0;
  EXPECT_TRUE(search(explored_program("atomic_bug"), options).discoveries.empty());
  options.preemptions = 1;
  EXPECT_FALSE(search(explored_program("atomic_bug"), options).discoveries.empty());
}

}  // namespace
}  // namespace redflag
