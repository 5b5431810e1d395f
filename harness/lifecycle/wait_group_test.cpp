#include <gtest/gtest.h>
#include <redflag/wait_group.h>

#include "lifecycle/test_access.h"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace redflag {
namespace {

using namespace std::chrono_literals;

TEST(WaitGroup, WaitsOnlyWhileTheCountIsAboveZero) {
  WaitGroup group;
  group.wait();
  group.add(2);
  EXPECT_FALSE(group.wait_for(0s));
  group.done();
  EXPECT_FALSE(group.wait_for(0s));
  group.done();
  EXPECT_TRUE(group.wait_for(0s));
  group.wait();
}

TEST(WaitGroup, CanBeUsedAgain) {
  WaitGroup group;
  for (int round = 0; round < 2; ++round) {
    group.add();
    EXPECT_FALSE(group.wait_for(0s));
    group.done();
    group.wait();
  }
}

TEST(WaitGroup, DoneWithoutAddIsAnError) {
  WaitGroup group;
  EXPECT_THROW(group.done(), std::logic_error);
  group.add();
  group.done();
  EXPECT_THROW(group.done(), std::logic_error);
  EXPECT_EQ(group.count(), 0U);
}

TEST(WaitGroup, AGuardCountsFromItsMakingToItsEnd) {
  WaitGroup group;
  {
    const auto guard = group.guard();
    EXPECT_EQ(group.count(), 1U);
  }
  EXPECT_EQ(group.count(), 0U);
}

TEST(WaitGroup, AnAdoptingGuardDoesNotAdd) {
  WaitGroup group;
  group.add();
  { const auto guard = group.adopt(); }
  EXPECT_EQ(group.count(), 0U);
}

TEST(WaitGroup, AGuardIsDoneOnce) {
  WaitGroup group;
  group.add();
  {
    auto guard = group.guard();
    guard.done();
    guard.done();
    auto moved = std::move(guard);
  }
  EXPECT_EQ(group.count(), 1U);
  group.done();
}

TEST(WaitGroupDeathTest, AGuardWhoseDoneWasStolenTellsSo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        WaitGroup group;
        const auto guard = group.guard();
        group.done();
      },
      "done\\(\\) without its add\\(\\)");
}

TEST(WaitGroup, EverythingDoneBeforeIsSeenAfterWait) {
  WaitGroup group;
  std::vector<int> results(4);
  std::vector<std::jthread> workers;
  workers.reserve(results.size());
  for (int& result : results) {
    workers.emplace_back([&result, guard = group.guard()] { result = 1; });
  }
  group.wait();
  EXPECT_EQ(results, std::vector<int>(4, 1));  // with the workers not joined yet
}

TEST(WaitGroup, AWaitThatBeganBeforeZeroReturnsThoughTheCountRisesAgain) {
  WaitGroup group;
  group.add();
  std::jthread waiter([&] { group.wait(); });
  TestAccess::await_inside(group, 1);
  group.done();
  group.add();
  waiter.join();
  EXPECT_EQ(group.count(), 1U);
}

// The waiter owns the group and frees it the moment that wait() returns.
TEST(WaitGroup, MayBeDestroyedByWhoeverReturnsFromWait) {
  for (int round = 0; round < 20; ++round) {
    auto group = std::make_unique<WaitGroup>();
    std::jthread worker([guard = group->guard()] {});
    group->wait();
    group.reset();
  }
}

TEST(WaitGroup, MayBeDestroyedWhileAnotherWaiterIsOnItsWayOut) {
  for (int round = 0; round < 20; ++round) {
    auto group = std::make_unique<WaitGroup>();
    group->add();
    std::jthread other([waited = group.get()] { waited->wait(); });
    TestAccess::await_inside(*group, 1);
    group->done();
    group->wait();
    group.reset();
  }
}

TEST(WaitGroup, AnEndlessTimeoutIsWait) {
  WaitGroup group;
  std::jthread worker([guard = group.guard()] {});
  EXPECT_TRUE(group.wait_for(std::chrono::steady_clock::duration::max()));
}

}  // namespace
}  // namespace redflag
