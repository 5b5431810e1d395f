#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <redflag/context.h>
#include <redflag/engine.h>

#include "lifecycle/crowd.h"
#include "lifecycle/test_access.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <latch>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>

namespace redflag {
namespace {

using namespace std::chrono_literals;
using State = Engine::State;

void nothing() {}

/// A task that keeps a worker until let_go().
class Gate {
 public:
  Engine::Task task() {
    return [this] {
      entered_.count_down();
      open_.wait();
    };
  }
  void await_entered() { entered_.wait(); }
  void let_go() { open_.count_down(); }

 private:
  std::latch entered_{1};
  std::latch open_{1};
};

std::string message_of(const std::exception_ptr& error) {
  try {
    if (error) std::rethrow_exception(error);
    return "";
  } catch (const std::exception& e) {
    return e.what();
  }
}

TEST(Engine, GoesThroughItsStates) {
  Engine engine(2);
  EXPECT_EQ(engine.state(), State::created);
  EXPECT_TRUE(engine.start());
  EXPECT_EQ(engine.state(), State::running);
  EXPECT_FALSE(engine.start());
  EXPECT_FALSE(engine.token().stop_requested());
  EXPECT_TRUE(engine.stop().stopped);
  EXPECT_EQ(engine.state(), State::stopped);
  EXPECT_TRUE(engine.token().stop_requested());
  EXPECT_FALSE(engine.start());
}

TEST(Engine, NeedsAWorkerRoomAndATask) {
  EXPECT_THROW(Engine(0), std::invalid_argument);
  EXPECT_THROW(Engine(1, 0), std::invalid_argument);
  Engine engine(1);
  EXPECT_THROW(engine.submit(nullptr), std::invalid_argument);
}

TEST(Engine, TakesTasksOnlyWhileItRuns) {
  Engine engine(1);
  EXPECT_FALSE(engine.submit(nothing));
  engine.start();
  EXPECT_TRUE(engine.submit(nothing));
  engine.stop();
  EXPECT_FALSE(engine.submit(nothing));
  EXPECT_EQ(engine.report().processed, 1U);
}

TEST(Engine, StopRunsWhatWasAccepted) {
  Engine engine(2);
  engine.start();
  Gate gates[2];
  for (auto& gate : gates) {
    engine.submit(gate.task());
    gate.await_entered();
  }
  int ran = 0;
  EXPECT_TRUE(engine.submit([&] { ++ran; }));  // waits behind two busy workers
  engine.request_stop();
  EXPECT_EQ(engine.state(), State::stopping);
  EXPECT_FALSE(engine.submit(nothing));
  for (auto& gate : gates) gate.let_go();
  const auto report = engine.stop();
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(report.processed, 3U);
  EXPECT_EQ(report.unfinished, 0U);
}

TEST(Engine, StopBeforeStartIsRemembered) {
  Engine engine(1);
  EXPECT_TRUE(engine.stop().stopped);
  EXPECT_FALSE(engine.start());
  EXPECT_EQ(engine.state(), State::stopped);

  Engine other(1);
  other.request_stop();
  EXPECT_FALSE(other.start());
  EXPECT_TRUE(other.stop().stopped);
}

TEST(Engine, StartAndStopAtOnceEndStopped) {
  Engine engine(2);
  std::latch ready(2);
  std::jthread starter([&] {
    ready.arrive_and_wait();
    engine.start();
  });
  ready.arrive_and_wait();
  engine.stop();
  starter.join();
  EXPECT_EQ(engine.state(), State::stopped);
  EXPECT_FALSE(engine.submit(nothing));
}

TEST(Engine, StopMayBeCalledAgain) {
  Engine engine(1);
  engine.start();
  engine.submit(nothing);
  EXPECT_EQ(engine.stop().processed, 1U);
  EXPECT_EQ(engine.stop().processed, 1U);
}

TEST(Engine, EveryStopReturnsOnlyWhenAllIsStopped) {
  Engine engine(1);
  engine.start();
  Gate gate;
  bool done = false;  // not atomic: stop() must order it
  engine.submit([&, wait = gate.task()] {
    wait();
    done = true;
  });
  const auto stoppers = crowd(3, [&](auto) {
    EXPECT_TRUE(engine.stop().stopped);
    EXPECT_TRUE(done);
  });
  TestAccess::await_inside(engine, 3);
  gate.let_go();
}

TEST(Engine, StopForSaysWhatIsLeftAndStopEndsIt) {
  Engine engine(1);
  engine.start();
  Gate gate;
  engine.submit(gate.task());
  engine.submit(nothing);
  gate.await_entered();
  const auto late = engine.stop_for(0s);
  EXPECT_FALSE(late.stopped);
  EXPECT_EQ(late.processed, 0U);
  EXPECT_EQ(late.unfinished, 2U);
  EXPECT_EQ(engine.state(), State::stopping);
  gate.let_go();
  EXPECT_TRUE(engine.stop_for(Engine::Clock::duration::max()).stopped);
  EXPECT_EQ(engine.report().processed, 2U);
}

TEST(Engine, ATaskMayAskForTheStopButNotWaitForIt) {
  Engine engine(1);
  engine.start();
  std::string refusal;
  State after_refusal{};
  Context asked;
  engine.submit([&] {
    try {
      engine.stop();
    } catch (const StopFromWorker& error) {
      refusal = error.what();
    }
    after_refusal = engine.state();
    engine.request_stop();
    asked.cancel();
  });
  asked.wait();
  EXPECT_EQ(engine.state(), State::stopping);
  EXPECT_FALSE(engine.submit(nothing));
  EXPECT_TRUE(engine.stop().stopped);
  EXPECT_THAT(refusal, testing::HasSubstr("own workers"));
  EXPECT_EQ(after_refusal, State::running) << "a refused stop() has no effect";
}

TEST(Engine, AWorkerOfOneEngineMayStopAnother) {
  Engine outer(1);
  Engine inner(1);
  outer.start();
  inner.start();
  outer.submit([&] { inner.stop(); });
  EXPECT_EQ(outer.stop().failed, 0U);
  EXPECT_EQ(inner.state(), State::stopped);
}

TEST(Engine, AnExceptionIsKeptAndTheWorkerGoesOn) {
  Engine engine(1);
  engine.start();
  engine.submit([] { throw std::runtime_error("first"); });
  engine.submit([] { throw std::runtime_error("second"); });
  engine.submit(nothing);
  const auto report = engine.stop();
  EXPECT_EQ(report.processed, 3U);
  EXPECT_EQ(report.failed, 2U);
  EXPECT_EQ(message_of(report.error), "first");
  EXPECT_EQ(message_of(engine.stop().error), "first") << "asking again gives it again";
}

TEST(Engine, SubmitWaitsForRoom) {
  Engine engine(1, 1);
  engine.start();
  Gate gate;
  engine.submit(gate.task());
  gate.await_entered();
  engine.submit(nothing);  // fills the queue
  std::jthread submitter([&] { EXPECT_TRUE(engine.submit(nothing)); });
  TestAccess::await_inside(engine, 1);
  EXPECT_EQ(engine.report().unfinished, 2U);
  gate.let_go();
  submitter.join();
  EXPECT_EQ(engine.stop().processed, 3U);
}

TEST(Engine, StopWakesASubmitThatWaitsForRoom) {
  Engine engine(1, 1);
  engine.start();
  Gate gate;
  engine.submit(gate.task());
  gate.await_entered();
  engine.submit(nothing);
  std::jthread submitter([&] { EXPECT_FALSE(engine.submit(nothing)); });
  TestAccess::await_inside(engine, 1);
  engine.request_stop();
  submitter.join();
  gate.let_go();
  EXPECT_EQ(engine.stop().processed, 2U);
}

TEST(Engine, AWorkersOwnTaskNeverWaitsForRoom) {
  Engine engine(1, 1);
  engine.start();
  std::latch submitted(1);
  engine.submit([&] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(engine.submit(nothing));
    submitted.count_down();
  });
  submitted.wait();
  EXPECT_EQ(engine.stop().processed, 4U);
}

TEST(Engine, ALongTaskHearsTheToken) {
  Engine engine(1);
  engine.start();
  engine.submit([&, stop = engine.token()] {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
  });
  EXPECT_TRUE(engine.stop().stopped);
}

TEST(Engine, FollowsAContextThroughACallback) {
  Context context;
  Engine engine(1);
  const std::stop_callback link(context.token(), [&] { engine.request_stop(); });
  engine.start();
  context.cancel();
  EXPECT_EQ(engine.state(), State::stopping);
}

TEST(Engine, TheDestructorStops) {
  std::atomic<int> ran = 0;
  {
    Engine engine(2);
    engine.start();
    for (int i = 0; i < 10; ++i) engine.submit([&] { ++ran; });
  }
  EXPECT_EQ(ran, 10);
}

TEST(Engine, TheTasksAreDestroyedBeforeStopReturns) {
  Engine engine(1);
  engine.start();
  auto capture = std::make_shared<int>(0);
  engine.submit([capture] { throw std::runtime_error("with a capture"); });
  engine.stop();
  EXPECT_EQ(capture.use_count(), 1);
}

// A second stopper and a refused submitter are still on their way out.
TEST(Engine, MayBeDestroyedByWhoeverReturnsFromStop) {
  for (int round = 0; round < 20; ++round) {
    auto engine = std::make_unique<Engine>(1, 1);
    engine->start();
    Gate gate;
    engine->submit(gate.task());
    gate.await_entered();
    engine->submit(nothing);
    std::jthread submitter([shared = engine.get()] { shared->submit(nothing); });
    TestAccess::await_inside(*engine, 1);
    std::jthread other([shared = engine.get()] { shared->stop(); });
    while (engine->state() == State::running) std::this_thread::yield();
    gate.let_go();
    engine->stop();
    engine.reset();
  }
}

TEST(EngineDeathTest, DestroyedByItsOwnWorkerTellsSo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        auto engine = std::make_shared<Engine>(1);
        engine->start();
        std::latch handed_over(1);
        engine->submit([&handed_over, last = engine]() mutable {
          handed_over.wait();
          last.reset();
        });
        engine.reset();
        handed_over.count_down();
        for (std::latch never(1);;) never.wait();
      },
      "own workers");
}

TEST(Engine, AcceptsAndRunsEveryTaskOfManySubmitters) {
  std::atomic<std::size_t> ran = 0;
  std::atomic<std::size_t> accepted = 0;
  Engine engine(3, 2);
  engine.start();
  std::latch ready(4);
  auto submitters = crowd(3, [&](auto) {
    ready.arrive_and_wait();
    while (engine.submit([&] { ++ran; })) ++accepted;
  });
  ready.arrive_and_wait();
  const auto report = engine.stop();
  submitters.clear();
  EXPECT_EQ(ran, accepted);
  EXPECT_EQ(report.processed, accepted);
}

}  // namespace
}  // namespace redflag
