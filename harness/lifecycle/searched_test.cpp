// Every primitive of the kit under the explorer: all schedules of a small use of it, under
// ThreadSanitizer, with conditions that may wake by themselves. What is plain memory here is
// guarded by the primitive alone, and whoever has waited frees what the others have used.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/engine.h>
#include <redflag/googletest.h>
#include <redflag/rundown.h>
#include <redflag/wait_group.h>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "lifecycle/test_access.h"
#include "lifecycle/thread_failure.h"

namespace redflag {
namespace {

struct Use {
  const char* name;
  std::function<void()> body;
  std::optional<std::uint32_t> preemptions{};  // nothing: no bound
};

void counts_two_workers() {
  WaitGroup group;
  std::array<int, 2> done{};
  const auto work = [&](int& mine, const WaitGroup::Guard&) { mine = 1; };
  const std::jthread first([&, guard = group.guard()] { work(done[0], guard); });
  const std::jthread second([&, guard = group.guard()]() mutable {
    work(done[1], guard);
    guard.done();
  });
  group.wait();
  EXPECT_EQ(done[0] + done[1], 2);
}

// Freed while the other one is on its way out of wait().
void frees_the_group_after_the_wait() {
  auto group = std::make_unique<WaitGroup>();
  group->add();
  const std::jthread other([group = group.get()] { group->wait(); });
  TestAccess::await_inside(*group, 1);
  group->done();
  group->wait();
  group.reset();
}

void waits_twice() {
  WaitGroup group;
  int value = 0;
  const std::jthread worker([&, guard = group.guard()]() mutable {
    value = 1;
    guard.done();
  });
  const std::jthread other([&] {
    group.wait();
    EXPECT_EQ(value, 1);
  });
  group.wait();
  EXPECT_EQ(value, 1);
}

void frees_after_the_rundown() {
  Rundown rundown;
  auto resource = std::make_unique<int>(0);
  const std::jthread user([&] {
    if (const auto in_flight = rundown.try_acquire()) *resource += 1;
  });
  rundown.run_down();
  resource.reset();
}

void runs_down_twice() {
  Rundown rundown;
  auto resource = std::make_unique<int>(0);
  std::atomic<int> stopped = 0;
  const auto stop = [&] {
    rundown.run_down();
    if (++stopped == 2) resource.reset();
  };
  const std::jthread user([&] {
    if (const auto in_flight = rundown.try_acquire()) *resource += 1;
  });
  const std::jthread other(stop);
  stop();
}

// Two full stops.
void cleans_up_once() {
  Rundown rundown;
  auto resource = std::make_unique<int>(0);
  const auto stop = [&] {
    rundown.run_down([&] {
      EXPECT_NE(resource, nullptr);
      resource.reset();
    });
    EXPECT_EQ(resource, nullptr);
  };
  const std::jthread user([&] {
    if (const auto in_flight = rundown.try_acquire()) *resource += 1;
  });
  const std::jthread other(stop);
  stop();
}

// Freed while the other one is on its way out of run_down().
void frees_the_rundown_after_the_cleanup() {
  auto rundown = std::make_unique<Rundown>();
  int cleaned = 0;
  const auto clean = [&] { ++cleaned; };
  std::optional<std::jthread> other;
  {
    const auto in_flight = rundown->try_acquire();
    other.emplace([&clean, rundown = rundown.get()] { rundown->run_down(clean); });
    TestAccess::await_inside(*rundown, 1);
  }
  rundown->run_down(clean);
  rundown.reset();
  EXPECT_EQ(cleaned, 1);
}

void hands_over_all_values() {
  Channel<int> channel(1);
  const std::jthread sender([&] {
    EXPECT_TRUE(channel.send(1));
    EXPECT_TRUE(channel.send(2));
    channel.close();
  });
  std::vector<int> received;
  while (const auto value = channel.receive()) received.push_back(*value);
  EXPECT_EQ(received, (std::vector{1, 2}));
}

void closes_while_others_send() {
  Channel<int> channel(1);
  std::atomic<int> sent = 0;
  std::atomic<int> closed = 0;
  {
    const auto send = [&](int value) {
      if (channel.send(value)) ++sent;
      if (channel.close()) ++closed;
    };
    const std::jthread first(send, 1);
    const std::jthread second(send, 2);
  }
  int received = 0;
  while (channel.receive()) ++received;
  EXPECT_EQ(received, sent);
  EXPECT_EQ(closed, 1);
}

// What was sent before the stop is received, whenever the stop comes.
void stops_a_receiver() {
  Context context;
  Channel<int> channel(1);
  const std::jthread receiver([&] {
    int received = 0;
    while (channel.receive(context)) ++received;
    EXPECT_EQ(received, 1);
  });
  EXPECT_TRUE(channel.send(1));
  context.cancel();
}

void cancels_once() {
  Context context;
  std::atomic<int> first = 0;
  {
    const auto cancel = [&](const char* reason) {
      if (context.cancel(reason)) ++first;
      EXPECT_TRUE(context.done());
    };
    const std::jthread one(cancel, "one");
    const std::jthread other(cancel, "other");
  }
  EXPECT_EQ(first, 1);
}

void cancels_a_child_that_is_made_meanwhile() {
  Context parent;
  const std::jthread canceller([&] { parent.cancel(); });
  const Context child = parent.child();
  child.wait();
  EXPECT_TRUE(child.done());
  EXPECT_EQ(child.cause(), Context::Cause::cancelled);
}

void runs_every_accepted_task() {
  Engine engine(1);
  engine.start();
  std::atomic<int> accepted = 0;
  int run = 0;
  const std::jthread client([&] {
    if (engine.submit([&] { ++run; })) ++accepted;
  });
  const auto report = engine.stop();
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.unfinished, 0U);
  EXPECT_EQ(static_cast<std::size_t>(run), report.processed);
}

// Freed while the other one is on its way out of stop().
void stops_twice() {
  auto engine = std::make_unique<Engine>(1);
  engine->start();
  std::latch go(1);
  int run = 0;
  EXPECT_TRUE(engine->submit([&] {
    go.wait();
    ++run;
  }));
  const std::jthread other([engine = engine.get()] { EXPECT_TRUE(engine->stop().stopped); });
  TestAccess::await_inside(*engine, 1);
  go.count_down();
  EXPECT_TRUE(engine->stop().stopped);
  EXPECT_EQ(run, 1);
  engine.reset();
}

void refuses_those_who_wait_for_room() {
  Engine engine(1, 1);
  engine.start();
  int accepted = 0;
  int run = 0;
  {
    const std::jthread first([&] { engine.submit([&] { ++run; }); });
    const std::jthread second([&] { engine.submit([&] { ++run; }); });
    for (int i = 0; i < 2; ++i)
      if (engine.submit([&] { ++run; })) ++accepted;
    engine.stop();
  }
  EXPECT_GE(run, accepted);
}

void starts_and_stops_at_once() {
  Engine engine(1);
  const std::jthread starter([&] { engine.start(); });
  EXPECT_TRUE(engine.stop().stopped);
  EXPECT_EQ(engine.state(), Engine::State::stopped);
}

void asks_to_stop_from_a_worker() {
  Engine engine(1);
  engine.start();
  engine.submit([&] {
    EXPECT_THROW(engine.stop(), StopFromWorker);
    engine.request_stop();
  });
  EXPECT_EQ(engine.stop().processed, 1U);
}

void fail_to_start(Engine& engine) {
  const ThreadFailure failure(0);
  EXPECT_THROW(engine.start(), std::system_error);
}

// What a failing start() accepts meanwhile nobody would run.
void accepts_nothing_without_threads() {
  Engine engine(1);
  bool accepted = false;
  {
    const std::jthread client([&] { accepted = engine.submit([] {}); });
    fail_to_start(engine);
  }
  EXPECT_FALSE(accepted);
  EXPECT_EQ(engine.state(), Engine::State::stopped);
}

// Freed while the failing start() is on its way out.
void frees_an_engine_without_threads() {
  auto engine = std::make_unique<Engine>(1);
  const std::jthread starter([engine = engine.get()] { fail_to_start(*engine); });
  while (engine->state() == Engine::State::created) std::this_thread::yield();
  EXPECT_TRUE(engine->stop().stopped);
  engine.reset();
}

class KitSearched : public testing::TestWithParam<Use> {};

TEST_P(KitSearched, IsCleanInEverySchedule) {
  ExploreOptions options;
  options.strategy = Strategy::exhaustive;
  options.preemptions = GetParam().preemptions;
  options.schedules = 100000;
  options.spurious = true;
  options.folder = std::filesystem::path(testing::TempDir()) / GetParam().name;
  const Explored explored = expect_clean(GetParam().body, options);
  EXPECT_TRUE(explored.complete) << explored;
}

TEST_P(KitSearched, IsCleanInWeakMemory) {
  ExploreOptions options;
  options.schedules = 150;
  options.weak_memory = true;
  options.folder = std::filesystem::path(testing::TempDir()) / GetParam().name;
  expect_clean(GetParam().body, options);
}

// Those with a bound have too many schedules: std::stop_token's state is a step at every access,
// and so is every look whether another thread is inside.
INSTANTIATE_TEST_SUITE_P(
    All, KitSearched,
    testing::Values(Use{"WaitGroupCountsTwoWorkers", counts_two_workers},
                    Use{"WaitGroupIsFreedAfterTheWait", frees_the_group_after_the_wait},
                    Use{"WaitGroupIsWaitedForTwice", waits_twice},
                    Use{"RundownFreesWhatWasInUse", frees_after_the_rundown},
                    Use{"RundownTwiceAtOnce", runs_down_twice},
                    Use{"RundownCleansUpOnce", cleans_up_once},
                    Use{"RundownIsFreedAfterTheCleanup", frees_the_rundown_after_the_cleanup, 1},
                    Use{"ChannelHandsOverAllValues", hands_over_all_values},
                    Use{"ChannelIsClosedWhileOthersSend", closes_while_others_send},
                    Use{"ChannelsReceiverIsStopped", stops_a_receiver, 2},
                    Use{"ContextIsCancelledOnce", cancels_once, 2},
                    Use{"ContextsChildIsCancelled", cancels_a_child_that_is_made_meanwhile, 2},
                    Use{"EngineRunsEveryAcceptedTask", runs_every_accepted_task},
                    Use{"EngineStopsTwiceAtOnce", stops_twice, 1},
                    Use{"EngineRefusesThoseWhoWaitForRoom", refuses_those_who_wait_for_room, 0},
                    Use{"EngineStartsAndStopsAtOnce", starts_and_stops_at_once},
                    Use{"EngineWithoutThreadsAcceptsNothing", accepts_nothing_without_threads},
                    Use{"EngineWithoutThreadsIsFreed", frees_an_engine_without_threads, 1},
                    Use{"EngineIsAskedToStopByAWorker", asks_to_stop_from_a_worker}),
    [](const auto& use) { return std::string(use.param.name); });

}  // namespace
}  // namespace redflag
