#include <gtest/gtest.h>
#include <redflag/rundown.h>

#include "lifecycle/crowd.h"
#include "lifecycle/test_access.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>

namespace redflag {
namespace {

using namespace std::chrono_literals;

/// Another thread that is in flight until leave().
class Holder {
 public:
  explicit Holder(Rundown& rundown)
      : thread_([this, &rundown] {
          const auto guard = rundown.try_acquire();
          entered_.count_down();
          leave_.wait();
          left_ = true;
        }) {
    entered_.wait();
  }
  void leave() { leave_.count_down(); }
  [[nodiscard]] bool left() const { return left_; }

 private:
  std::latch entered_{1};
  std::latch leave_{1};
  bool left_ = false;  // not atomic: run_down() must order it
  std::jthread thread_;
};

TEST(Rundown, LetsInUntilRunDown) {
  Rundown rundown;
  {
    const auto first = rundown.try_acquire();
    const auto second = rundown.try_acquire();
    EXPECT_TRUE(first && second);
    EXPECT_EQ(rundown.in_flight(), 2U);
  }
  EXPECT_EQ(rundown.in_flight(), 0U);
  rundown.run_down();
  EXPECT_FALSE(rundown.try_acquire());
  EXPECT_EQ(rundown.in_flight(), 0U);
}

TEST(Rundown, MayBeRunDownAgain) {
  Rundown rundown;
  rundown.run_down();
  rundown.run_down();
  EXPECT_TRUE(rundown.run_down_for(0s));
}

TEST(Rundown, WaitsForThoseInFlightAndRefusesNewcomers) {
  Rundown rundown;
  Holder holder(rundown);
  EXPECT_FALSE(rundown.run_down_for(0s));
  EXPECT_FALSE(rundown.try_acquire());
  EXPECT_FALSE(rundown.run_down_for(0s));  // the second call is no earlier than the first
  holder.leave();
  rundown.run_down();
  EXPECT_TRUE(holder.left());
}

TEST(Rundown, EveryCallerReturnsOnlyWhenNobodyIsInFlight) {
  Rundown rundown;
  Holder holder(rundown);
  const auto callers = crowd(3, [&](auto) {
    rundown.run_down();
    EXPECT_TRUE(holder.left());
  });
  TestAccess::await_inside(rundown, 3);
  holder.leave();
}

TEST(Rundown, CleansUpOnceWhenNobodyIsInFlight) {
  Rundown rundown;
  Holder holder(rundown);
  int cleaned = 0;  // not atomic: run_down() must order it
  const auto stoppers = crowd(3, [&](auto) {
    rundown.run_down([&] {
      EXPECT_TRUE(holder.left());
      EXPECT_FALSE(rundown.try_acquire());
      ++cleaned;
    });
    EXPECT_EQ(cleaned, 1);
  });
  TestAccess::await_inside(rundown, 3);
  holder.leave();
}

TEST(Rundown, EveryCallerWaitsForTheCleanup) {
  Rundown rundown;
  std::latch begun(1);
  std::latch go_on(1);
  bool cleaned = false;
  std::jthread cleaner([&] {
    rundown.run_down([&] {
      begun.count_down();
      go_on.wait();
      cleaned = true;
    });
  });
  begun.wait();
  EXPECT_FALSE(rundown.run_down_for(0s));
  const auto others = crowd(2, [&](std::size_t i) {
    i == 0 ? rundown.run_down() : rundown.run_down([] { FAIL() << "a second cleanup"; });
    EXPECT_TRUE(cleaned);
  });
  TestAccess::await_inside(rundown, 3);
  go_on.count_down();
}

TEST(Rundown, CleansUpAfterARundownWithoutCleanup) {
  Rundown rundown;
  int cleaned = 0;
  rundown.run_down();
  rundown.run_down([&] { ++cleaned; });
  rundown.run_down([&] { ++cleaned; });
  EXPECT_EQ(cleaned, 1);
}

TEST(Rundown, ACleanupThatThrowsCountsAsRun) {
  Rundown rundown;
  const auto fail = [] { throw std::runtime_error("half of it"); };
  EXPECT_THROW(rundown.run_down(fail), std::runtime_error);
  EXPECT_NO_THROW(rundown.run_down(fail));
  EXPECT_TRUE(rundown.run_down_for(0s));
}

TEST(Rundown, NeedsACleanup) {
  Rundown rundown;
  EXPECT_THROW(rundown.run_down(nullptr), std::invalid_argument);
  EXPECT_TRUE(rundown.try_acquire()) << "a refused run_down() has no effect";
}

TEST(Rundown, RefusesToWaitForItsOwnCleanup) {
  Rundown rundown;
  rundown.run_down([&] {
    EXPECT_THROW(rundown.run_down(), std::logic_error);
    EXPECT_THROW(rundown.run_down([] {}), std::logic_error);
    EXPECT_THROW(static_cast<void>(rundown.run_down_for(0s)), std::logic_error);
  });
}

TEST(Rundown, RefusesToWaitForItsOwnThread) {
  Rundown rundown;
  {
    const auto guard = rundown.try_acquire();
    EXPECT_THROW(rundown.run_down(), std::logic_error);
    EXPECT_THROW(static_cast<void>(rundown.run_down_for(0s)), std::logic_error);
    EXPECT_TRUE(rundown.try_acquire()) << "a refused run_down() has no effect";
  }
  rundown.run_down();
}

TEST(Rundown, ARefusedGuardIsNoHold) {
  Rundown rundown;
  rundown.run_down();
  const auto guard = rundown.try_acquire();
  rundown.run_down();
}

TEST(Rundown, TheDestructorRunsDown) {
  auto rundown = std::make_unique<Rundown>();
  Holder holder(*rundown);
  std::jthread leaver([&] {
    TestAccess::await_inside(*rundown, 1);
    holder.leave();
  });
  rundown->run_down();
  EXPECT_TRUE(holder.left());
  leaver.join();
  rundown.reset();
}

TEST(RundownDeathTest, DestroyedByAHolderTellsSo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        auto rundown = std::make_unique<Rundown>();
        const auto guard = rundown->try_acquire();
        rundown.reset();
      },
      "on a thread that holds a guard");
}

// The last to leave and another caller of run_down() are still on their way out.
TEST(Rundown, MayBeDestroyedByWhoeverReturnsFromRunDown) {
  for (int round = 0; round < 20; ++round) {
    auto rundown = std::make_unique<Rundown>();
    Holder holder(*rundown);
    std::jthread other([shared = rundown.get()] { shared->run_down(); });
    TestAccess::await_inside(*rundown, 1);
    holder.leave();
    rundown->run_down();
    rundown.reset();
  }
}

TEST(Rundown, NobodyIsInsideAfterIt) {
  Rundown rundown;
  std::atomic<bool> freed = false;
  std::latch ready(4);
  const auto users = crowd(3, [&](auto) {
    ready.arrive_and_wait();
    while (const auto guard = rundown.try_acquire()) EXPECT_FALSE(freed);
  });
  ready.arrive_and_wait();
  rundown.run_down();
  freed = true;
}

}  // namespace
}  // namespace redflag
