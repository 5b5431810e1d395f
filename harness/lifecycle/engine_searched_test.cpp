// The engine under the explorer, as its parts in searched_test.cpp.
#include <redflag/engine.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <latch>
#include <memory>
#include <stop_token>
#include <system_error>
#include <thread>

#include "lifecycle/searched.h"
#include "lifecycle/thread_failure.h"

namespace redflag {
namespace {

void run_every_accepted_task(std::size_t workers) {
  Engine engine(workers);
  engine.start();
  std::size_t accepted = 0;
  std::atomic<std::size_t> run = 0;
  Engine::Report report;
  {
    const std::jthread client([&] {
      if (engine.submit([&] { ++run; })) ++accepted;
    });
    report = engine.stop();
  }
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.unfinished, 0U);
  EXPECT_EQ(report.processed, accepted);
  EXPECT_EQ(run, accepted);
}

void runs_every_accepted_task() { run_every_accepted_task(1); }
void runs_every_accepted_task_with_two_workers() { run_every_accepted_task(2); }

// Two tasks that need two workers: each waits for the other.
void runs_two_tasks_at_once() {
  Engine engine(2);
  engine.start();
  std::latch both(2);
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(engine.submit([&] { both.arrive_and_wait(); }));
  EXPECT_EQ(engine.stop().processed, 2U);
}

// Freed while the other one, who came first, is on its way out of stop().
void stops_twice() {
  auto engine = std::make_unique<Engine>(1);
  engine->start();
  int run = 0;
  EXPECT_TRUE(engine->submit([&] { ++run; }));
  std::latch inside(1);
  const std::stop_callback link(engine->token(), [&] { inside.count_down(); });
  const std::jthread other([engine = engine.get()] { EXPECT_TRUE(engine->stop().stopped); });
  inside.wait();
  EXPECT_TRUE(engine->stop().stopped);
  EXPECT_EQ(run, 1);
  engine.reset();
}

void refuses_those_who_wait_for_room() {
  Engine engine(1, 1);
  engine.start();
  std::atomic<int> accepted = 0;
  std::atomic<int> run = 0;
  const auto submit = [&] {
    if (engine.submit([&] { ++run; })) ++accepted;
  };
  {
    const std::jthread first(submit);
    const std::jthread second(submit);
    submit();
    submit();
    engine.stop();
  }
  EXPECT_EQ(run, accepted);
}

// As small as the above can be, for more preemptions.
void refuse_one_who_waits_for_room(std::size_t workers) {
  Engine engine(workers, 1);
  engine.start();
  int accepted = 0;
  std::atomic<int> run = 0;
  {
    const std::jthread client([&] {
      for (int i = 0; i < 2; ++i)
        if (engine.submit([&] { ++run; })) ++accepted;
    });
    engine.stop();
  }
  EXPECT_EQ(run, accepted);
}

void refuses_one_who_waits_for_room() { refuse_one_who_waits_for_room(1); }
void refuses_one_who_waits_for_room_of_two() { refuse_one_who_waits_for_room(2); }

void start_and_stop_at_once(std::size_t workers) {
  Engine engine(workers);
  const std::jthread starter([&] { engine.start(); });
  EXPECT_TRUE(engine.stop().stopped);
  EXPECT_EQ(engine.state(), Engine::State::stopped);
}

void starts_and_stops_at_once() { start_and_stop_at_once(1); }
void starts_and_stops_two_workers_at_once() { start_and_stop_at_once(2); }

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

class EngineSearched : public testing::TestWithParam<Use> {};
class EngineInWeakMemory : public testing::TestWithParam<Use> {};

TEST_P(EngineSearched, IsCleanInEverySchedule) { search_every_schedule(GetParam()); }
TEST_P(EngineInWeakMemory, IsClean) { search_weak_memory(GetParam()); }

const auto engine_uses =
    testing::Values(Use{"EngineRunsEveryAcceptedTask", runs_every_accepted_task},
                    Use{"EngineStopsTwiceAtOnce", stops_twice, 1},
                    Use{"EngineRefusesThoseWhoWaitForRoom", refuses_those_who_wait_for_room, 0},
                    Use{"EngineStartsAndStopsAtOnce", starts_and_stops_at_once},
                    Use{"EngineIsAskedToStopByAWorker", asks_to_stop_from_a_worker});

// Variants of the above, which need no look at weak memory of their own.
const auto engine_variants = testing::Values(
    Use{"EngineOfTwoRunsEveryAcceptedTask", runs_every_accepted_task_with_two_workers, 0},
    Use{"EngineOfTwoRunsTwoTasksAtOnce", runs_two_tasks_at_once, 1},
    Use{"EngineOfTwoRefusesOneWhoWaitsForRoom", refuses_one_who_waits_for_room_of_two, 0},
    Use{"EngineRefusesOneWhoWaitsForRoom", refuses_one_who_waits_for_room, 1},
    Use{"EngineOfTwoStartsAndStopsAtOnce", starts_and_stops_two_workers_at_once, 1},
    Use{"EngineWithoutThreadsAcceptsNothing", accepts_nothing_without_threads},
    Use{"EngineWithoutThreadsIsFreed", frees_an_engine_without_threads, 1});

INSTANTIATE_TEST_SUITE_P(All, EngineSearched, engine_uses, name_of);
INSTANTIATE_TEST_SUITE_P(Variants, EngineSearched, engine_variants, name_of);
INSTANTIATE_TEST_SUITE_P(All, EngineInWeakMemory, engine_uses, name_of);

}  // namespace
}  // namespace redflag
