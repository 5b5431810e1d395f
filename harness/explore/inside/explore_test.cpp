// redflag::explore() on functions of this test, which is built with ThreadSanitizer.
#include <redflag/explore.h>
#include <redflag/googletest.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace redflag {
namespace {

ExploreOptions in_folder(std::string_view name) {
  ExploreOptions options;
  options.folder = std::filesystem::path(testing::TempDir()) /
                   ("explore-inside-test-" + std::to_string(getpid())) / name;
  options.schedules = 300;
  return options;
}

void lost_update() {
  std::atomic<int> counter = 0;
  {
    const auto add = [&] { counter = counter + 1; };
    const std::jthread first(add);
    const std::jthread second(add);
  }
  EXPECT_EQ(counter, 2);
}

void locked_update() {
  int counter = 0;
  std::mutex mutex;
  {
    const auto add = [&] {
      const std::lock_guard lock(mutex);
      ++counter;
    };
    const std::jthread first(add);
    const std::jthread second(add);
  }
  EXPECT_EQ(counter, 2);
}

void two_orders() {
  std::mutex a;
  std::mutex b;
  const std::jthread one([&] {
    const std::scoped_lock first(a);
    const std::scoped_lock second(b);
  });
  const std::jthread other([&] {
    const std::scoped_lock first(b);
    const std::scoped_lock second(a);
  });
}

TEST(Explore, SeesNothingWrongInACorrectFunction) {
  const Explored explored = explore(locked_update, in_folder("correct"));
  EXPECT_TRUE(explored.clean()) << explored;
  EXPECT_EQ(explored.schedules, 300U);
  EXPECT_GT(explored.distinct, 10U);
  EXPECT_GT(explored.steps, explored.schedules * 5);
}

TEST(Explore, FindsADeadlock) {
  ExploreOptions options = in_folder("deadlock");
  options.schedules = 15;
  options.all_findings = true;  // ThreadSanitizer sees the two orders before there is a deadlock
  const Explored explored = explore(two_orders, options);
  EXPECT_TRUE(std::ranges::any_of(explored.findings, [](const std::string& finding) {
    return finding.starts_with("deadlock: ");
  })) << explored;
  EXPECT_NE(explored.text.find("redflag replay "), std::string::npos) << explored;
}

// Which calls the threads T1 and T2, however many others there were before.
TEST(Explore, FindsARaceThatThreadSanitizerReports) {
  std::jthread([] {}).join();
  const Explored explored = explore(
      [] {
        int counter = 0;
        const std::jthread first([&] { ++counter; });
        const std::jthread second([&] { ++counter; });
      },
      in_folder("race"));
  ASSERT_EQ(explored.findings.size(), 1U) << explored;
  EXPECT_NE(explored.findings[0].find("data-race: inside/explore_test.cpp"), std::string::npos)
      << explored;
  EXPECT_NE(explored.text.find("by thread T2, previous write of size 4 by thread T1"),
            std::string::npos)
      << explored;
}

TEST(Explore, NoiseShowsARaceThatCannotBeReplayed) {
  ExploreOptions options = in_folder("noise");
  options.strategy = Strategy::noise;
  const Explored explored = explore(
      [] {
        int counter = 0;
        const std::jthread first([&] { ++counter; });
        const std::jthread second([&] { ++counter; });
      },
      options);
  ASSERT_EQ(explored.findings.size(), 1U) << explored;
  EXPECT_NE(explored.findings[0].find("data-race: inside/explore_test.cpp"), std::string::npos)
      << explored;
  EXPECT_NE(explored.text.find("no replay"), std::string::npos) << explored;
}

TEST(Explore, NoiseOfACorrectFunctionShowsNothing) {
  ExploreOptions options = in_folder("noise-correct");
  options.strategy = Strategy::noise;
  options.schedules = 50;
  const Explored explored = explore(locked_update, options);
  EXPECT_TRUE(explored.clean()) << explored;
  EXPECT_EQ(explored.schedules, 50U);
}

TEST(Explore, FindsAnExceptionThatLeavesTheFunction) {
  const Explored explored =
      explore([] { throw std::runtime_error("boom"); }, in_folder("exception"));
  ASSERT_EQ(explored.findings.size(), 1U) << explored;
  EXPECT_NE(explored.text.find("boom"), std::string::npos) << explored;
}

TEST(Explore, FindsAThreadThatNobodyJoins) {
  const Explored explored = explore([] { new std::thread([] {}); }, in_folder("leak"));
  ASSERT_EQ(explored.findings.size(), 1U) << explored;
  EXPECT_NE(explored.findings[0].find("thread-leak"), std::string::npos) << explored;
}

TEST(Explore, AsksForWhatFailed) {
  ExploreOptions options = in_folder("failure");
  options.failure = [] { return std::string("it always fails"); };
  const Explored explored = explore([] {}, options);
  ASSERT_EQ(explored.findings.size(), 1U) << explored;
  EXPECT_NE(explored.text.find("it always fails"), std::string::npos) << explored;
}

TEST(Explore, GoesThroughAllSchedules) {
  ExploreOptions options = in_folder("all");
  options.strategy = Strategy::exhaustive;
  options.schedules = 100000;
  const Explored explored = explore(locked_update, options);
  EXPECT_TRUE(explored.clean()) << explored;
  EXPECT_TRUE(explored.complete) << explored;
  EXPECT_EQ(explored.distinct, explored.schedules);
}

TEST(Explore, EqualSeedsGiveEqualSchedules) {
  const Explored once = explore(locked_update, in_folder("seed"));
  const Explored again = explore(locked_update, in_folder("seed"));
  EXPECT_EQ(once.steps, again.steps);
  EXPECT_EQ(once.distinct, again.distinct);
}

// Of several that one place explores a replay must find the one that failed.
TEST(Explore, NumbersWhatOnePlaceExplores) {
  ExploreOptions options = in_folder("numbers");
  options.schedules = 2;
  std::vector<std::string> findings;
  for (const char* failure : {"", "", "wrong"}) {
    options.failure = [failure] { return std::string(failure); };
    const Explored explored = explore(locked_update, options);
    findings.insert(findings.end(), explored.findings.begin(), explored.findings.end());
  }
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].find("(call 3)"), std::string::npos) << findings[0];
}

// What an execution leaves behind changes the next one: each must get a process of its own.
TEST(Explore, NoticesStateThatStays) {
  ExploreOptions options = in_folder("state");
  options.schedules = 30;
  const Explored explored = explore(
      [] {
        static std::mutex mutex;
        static int executions = 0;
        for (int i = 0; i <= executions; ++i) {
          const std::lock_guard lock(mutex);
        }
        ++executions;
      },
      options);
  EXPECT_TRUE(explored.clean()) << explored;
  EXPECT_NE(explored.text.find("leaves something behind"), std::string::npos) << explored;
  EXPECT_EQ(explored.distinct, 1U);
}

TEST(Explore, RefusesWhileThisProcessHasOtherThreads) {
  std::binary_semaphore over(0);
  const std::jthread other([&] { over.acquire(); });
  try {
    explore(locked_update, in_folder("threads"));
    ADD_FAILURE() << "it explored";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("has other threads"), std::string::npos)
        << error.what();
  }
  over.release();
}

TEST(ExpectClean, PassesACorrectFunction) { expect_clean(locked_update, in_folder("clean")); }

// It fails on purpose; the next test runs it.
TEST(ExpectClean, DISABLED_FailsOnALostUpdate) {
  expect_clean(lost_update, in_folder("assertion"));
}

TEST(ExpectClean, TellsOfAnAssertionThatFailsInSomeSchedule) {
  const std::string command = std::filesystem::read_symlink("/proc/self/exe").string() +
                              " --gtest_also_run_disabled_tests --gtest_filter='*LostUpdate'";
  std::FILE* const test = popen(command.c_str(), "r");
  ASSERT_NE(test, nullptr);
  std::string said;
  std::array<char, 4096> part;
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), test))
    said.append(part.data(), size);
  EXPECT_NE(pclose(test), 0);
  EXPECT_NE(said.find("Expected equality of these values:"), std::string::npos) << said;
  EXPECT_NE(said.find("is interrupted at explore_test.cpp"), std::string::npos) << said;
}

}  // namespace
}  // namespace redflag
