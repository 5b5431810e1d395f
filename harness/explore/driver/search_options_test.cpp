// What a search shows only if it is asked for: wake-ups and failures without a reason, time-outs
// that come early, weak memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "explore/driver/narrative.h"
#include "explore/driver/search.h"
#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

// Without the option the same program shows nothing: programs_test.cpp.
TEST(SearchOptions, ASpuriousWakeUpShowsAWaitWithoutALoop) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 200);
  options.spurious = true;
  const SearchResult result = search(explored_program("spurious_ok"), options);
  ASSERT_FALSE(result.discoveries.empty());
  EXPECT_EQ(result.discoveries[0].finding.kind, Kind::abort);
}

// In every interleaving one thread sees the other's store.
TEST(SearchOptions, WithoutWeakMemoryNoLoadIsOld) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 1000);
  options.strategy = Strategy::exhaustive;
  options.preemptions = std::nullopt;
  const SearchResult result = search(explored_program("weak_store_buffering_bug"), options);
  EXPECT_TRUE(result.discoveries.empty());
  EXPECT_TRUE(result.complete);
}

TEST(SearchOptions, SaysWhichLoadIsOld) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100);
  options.weak_memory = true;
  options.minimise = true;
  const SearchResult result = search(explored_program("weak_publication_bug"), options);
  ASSERT_FALSE(result.discoveries.empty());
  const Discovery& discovery = result.discoveries[0];
  EXPECT_TRUE(discovery.reproduced);
  EXPECT_EQ(std::ranges::count_if(discovery.steps, &Step::old_value), 1) << "one is enough";
  EXPECT_NE(in_words(discovery, 100)
                .find("  no thread has to be interrupted for it\n"
                      "  1 load of an older value:\n"
                      "      main loads an older value of atomic 2, from before the last store, at "
                      "weak_publication_bug.cpp:17"),
            std::string::npos)
      << in_words(discovery, 100);
}

TEST(SearchOptions, OfSequentiallyConsistentLoadsThatIsAll) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 1000);
  options.weak_memory = true;
  options.strategy = Strategy::exhaustive;
  options.preemptions = std::nullopt;
  for (const char* name : {"weak_store_buffering_ok", "weak_fence_ok"}) {
    const SearchResult result = search(explored_program(name), options);
    EXPECT_TRUE(result.discoveries.empty()) << name;
    EXPECT_TRUE(result.complete) << name;
  }
}

TEST(SearchOptions, AnUpdateThatFailsByItselfShowsThatThereIsNoLoop) {
#ifdef __clang__
  GTEST_SKIP() << "Clang does not tell ThreadSanitizer which ones are weak";
#endif
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100);
  options.weak_memory = true;
  const SearchResult result = search(explored_program("weak_compare_bug"), options);
  ASSERT_FALSE(result.discoveries.empty());
  EXPECT_EQ(result.discoveries[0].finding.kind, Kind::abort);
  EXPECT_NE(
      in_words(result.discoveries[0], 100)
          .find("1 update that fails by itself:\n      T1 fails by itself to update atomic 1, "
                "at weak_compare_bug.cpp:12"),
      std::string::npos)
      << in_words(result.discoveries[0], 100);
}

TEST(SearchOptions, AnEarlyTimeOutShowsAWaitThatTrustsInTime) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, 100);
  options.early_timeouts = true;
  const SearchResult result = search(explored_program("early_timeout_ok"), options);
  ASSERT_FALSE(result.discoveries.empty());
  EXPECT_EQ(result.discoveries[0].finding.kind, Kind::abort);
  EXPECT_TRUE(result.discoveries[0].reproduced);
}

}  // namespace
}  // namespace redflag
