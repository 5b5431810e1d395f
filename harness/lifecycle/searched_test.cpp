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
#include <sys/mman.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <latch>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "lifecycle/test_access.h"
#include "lifecycle/thread_failure.h"

namespace redflag {
namespace {

using namespace std::chrono_literals;

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

// Freed while the worker is on its way out of done().
void frees_the_group_of_a_worker() {
  auto group = std::make_unique<WaitGroup>();
  group->add();
  const std::jthread worker([group = group.get()] { group->done(); });
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

// Freed by its last receiver, while the sender is on its way out of send(), or of close().
void frees_the_channel_after_the_last_value() {
  auto channel = std::make_unique<Channel<int>>(1);
  const std::jthread sender([channel = channel.get()] { channel->send(1); });
  EXPECT_EQ(channel->receive(), 1);
  channel.reset();
}

void frees_the_channel_after_the_close() {
  auto channel = std::make_unique<Channel<int>>(1);
  const std::jthread closer([channel = channel.get()] { channel->close(); });
  EXPECT_EQ(channel->receive(), std::nullopt);
  channel.reset();
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

class KitInWeakMemory : public testing::TestWithParam<Use> {};

TEST_P(KitInWeakMemory, IsClean) {
  ExploreOptions options;
  options.schedules = 150;
  options.weak_memory = true;
  options.folder = std::filesystem::path(testing::TempDir()) / GetParam().name;
  expect_clean(GetParam().body, options);
}

std::string name_of(const testing::TestParamInfo<Use>& use) { return use.param.name; }

// Those with a bound have too many schedules: std::stop_token's state is a step at every access,
// and so is every look whether another thread is inside.
const auto uses = testing::Values(
    Use{"WaitGroupCountsTwoWorkers", counts_two_workers},
    Use{"WaitGroupIsFreedAfterTheWait", frees_the_group_after_the_wait},
    Use{"WaitGroupIsWaitedForTwice", waits_twice},
    Use{"RundownFreesWhatWasInUse", frees_after_the_rundown},
    Use{"RundownTwiceAtOnce", runs_down_twice}, Use{"RundownCleansUpOnce", cleans_up_once},
    Use{"ChannelHandsOverAllValues", hands_over_all_values},
    Use{"ChannelIsClosedWhileOthersSend", closes_while_others_send},
    Use{"ChannelsReceiverIsStopped", stops_a_receiver, 2},
    Use{"ContextIsCancelledOnce", cancels_once, 2},
    Use{"ContextsChildIsCancelled", cancels_a_child_that_is_made_meanwhile, 2},
    Use{"EngineRunsEveryAcceptedTask", runs_every_accepted_task},
    Use{"EngineStopsTwiceAtOnce", stops_twice, 1},
    Use{"EngineRefusesThoseWhoWaitForRoom", refuses_those_who_wait_for_room, 0},
    Use{"EngineStartsAndStopsAtOnce", starts_and_stops_at_once},
    Use{"EngineIsAskedToStopByAWorker", asks_to_stop_from_a_worker});

// Variants of the above, which need no look at weak memory of their own.
const auto variants = testing::Values(
    Use{"WaitGroupIsFreedWhileAWorkerLeaves", frees_the_group_of_a_worker},
    Use{"RundownIsFreedAfterTheCleanup", frees_the_rundown_after_the_cleanup, 1},
    Use{"ChannelIsFreedAfterTheLastValue", frees_the_channel_after_the_last_value},
    Use{"ChannelIsFreedAfterTheClose", frees_the_channel_after_the_close},
    Use{"EngineOfTwoRunsEveryAcceptedTask", runs_every_accepted_task_with_two_workers, 0},
    Use{"EngineOfTwoRunsTwoTasksAtOnce", runs_two_tasks_at_once, 1},
    Use{"EngineOfTwoRefusesOneWhoWaitsForRoom", refuses_one_who_waits_for_room_of_two, 0},
    Use{"EngineRefusesOneWhoWaitsForRoom", refuses_one_who_waits_for_room, 1},
    Use{"EngineOfTwoStartsAndStopsAtOnce", starts_and_stops_two_workers_at_once, 1},
    Use{"EngineWithoutThreadsAcceptsNothing", accepts_nothing_without_threads},
    Use{"EngineWithoutThreadsIsFreed", frees_an_engine_without_threads, 1});

INSTANTIATE_TEST_SUITE_P(All, KitSearched, uses, name_of);
INSTANTIATE_TEST_SUITE_P(Variants, KitSearched, variants, name_of);
INSTANTIATE_TEST_SUITE_P(All, KitInWeakMemory, uses, name_of);

// What follows may end in more than one way. Each says which way it went; across the search each
// must have been gone, or the search would not say much about it.

/// For the executions, which are other processes. Nothing is read there.
using Reached = std::array<bool, 2>;

struct TimedUse {
  const char* name;
  std::function<bool()> body;  // which of the two ends it came to
  std::optional<std::uint32_t> preemptions{};
};

bool waits_for_the_group_for_a_while() {
  auto group = std::make_unique<WaitGroup>();
  int value = 0;
  group->add();
  std::optional<std::jthread> worker;
  worker.emplace([&value, group = group.get()] {
    value = 1;
    group->done();
  });
  const bool in_time = group->wait_for(1s);
  if (in_time) {
    EXPECT_EQ(value, 1);
    group.reset();  // the worker may be on its way out of done()
  }
  worker.reset();
  EXPECT_EQ(value, 1);
  return in_time;
}

bool runs_down_for_a_while() {
  Rundown rundown;
  auto resource = std::make_unique<int>(0);
  const std::jthread user([&] {
    if (const auto in_flight = rundown.try_acquire()) *resource += 1;
  });
  const bool in_time = rundown.run_down_for(1s);
  EXPECT_FALSE(rundown.try_acquire());
  if (in_time) {
    resource.reset();
  } else {
    rundown.run_down([&] { resource.reset(); });
  }
  return in_time;
}

bool stops_for_a_while() {
  Engine engine(1);
  engine.start();
  int run = 0;
  EXPECT_TRUE(engine.submit([&] { ++run; }));
  const auto report = engine.stop_for(1s);
  EXPECT_EQ(report.processed + report.unfinished, 1U);
  EXPECT_FALSE(engine.submit([] {}));
  if (report.stopped) {
    EXPECT_EQ(run, 1);
  } else {
    EXPECT_TRUE(engine.stop().stopped);
  }
  EXPECT_EQ(run, 1);
  return report.stopped;
}

bool ends_by_cancel_or_timeout() {
  Context parent;
  const Context context = parent.with_timeout(1s);
  const std::jthread canceller([&] { parent.cancel("above"); });
  context.wait();
  const auto cause = context.cause();
  EXPECT_NE(cause, Context::Cause::none);
  EXPECT_TRUE(context.token().stop_requested());
  const bool cancelled = cause == Context::Cause::cancelled;
  EXPECT_EQ(context.reason(), cancelled ? "above" : "deadline exceeded");
  return cancelled;
}

bool cancels_before_or_after_a_deadline() {
  Context context = Context().with_deadline(Context::Clock::now() + 1s);
  bool first = false;
  {
    const std::jthread canceller([&] { first = context.cancel(); });
    context.wait();
  }
  EXPECT_EQ(context.cause(), first ? Context::Cause::cancelled : Context::Cause::deadline_exceeded);
  return first;
}

bool waits_for_the_context_for_a_while() {
  Context context;
  int value = 0;
  const std::jthread canceller([&] {
    value = 1;
    context.cancel();
  });
  const bool ended = context.wait_for(1s);
  if (ended) {
    EXPECT_EQ(value, 1);
  }
  return ended;
}

bool receives_before_a_deadline() {
  Channel<int> channel(1);
  std::optional<int> received;
  {
    const std::jthread sender([&] { EXPECT_TRUE(channel.send(1)); });
    received = channel.receive(Context().with_timeout(1s));
  }
  EXPECT_EQ(received.value_or(0) + channel.try_receive().value_or(0), 1);
  return received.has_value();
}

bool sends_before_a_deadline() {
  Channel<int> channel(1);
  channel.send(1);
  bool sent = false;
  {
    const std::jthread receiver([&] { EXPECT_EQ(channel.receive(), 1); });
    sent = channel.send(2, Context().with_timeout(1s));
  }
  EXPECT_EQ(channel.size(), sent ? 1U : 0U);
  return sent;
}

bool receives_before_a_stop() {
  Channel<int> channel(1);
  std::stop_source stop;
  std::optional<int> received;
  {
    const std::jthread receiver([&] { received = channel.receive(stop.get_token()); });
    const std::jthread stopper([&] { stop.request_stop(); });
    EXPECT_TRUE(channel.send(1));
  }
  EXPECT_EQ(channel.size(), received ? 0U : 1U);
  return received.has_value();
}

bool sends_before_a_stop() {
  Channel<int> channel(1);
  channel.send(1);
  std::stop_source stop;
  bool sent = false;
  {
    const std::jthread sender([&] { sent = channel.send(2, stop.get_token()); });
    const std::jthread stopper([&] { stop.request_stop(); });
    EXPECT_EQ(channel.receive(), 1);
  }
  EXPECT_EQ(channel.size(), sent ? 1U : 0U);
  return sent;
}

bool sends_before_a_cancel() {
  Channel<int> channel(1);
  channel.send(1);
  Context context;
  bool sent = false;
  {
    const std::jthread sender([&] { sent = channel.send(2, context); });
    context.cancel();
    EXPECT_EQ(channel.receive(), 1);
  }
  EXPECT_EQ(channel.size(), sent ? 1U : 0U);
  return sent;
}

bool tries_to_receive() {
  Channel<int> channel(1);
  std::optional<int> received;
  {
    const std::jthread sender([&] { EXPECT_TRUE(channel.try_send(1)); });
    received = channel.try_receive();
  }
  EXPECT_EQ(channel.size(), received ? 0U : 1U);
  return received.has_value();
}

bool tries_to_send() {
  Channel<int> channel(1);
  channel.send(1);
  bool sent = false;
  {
    const std::jthread receiver([&] { EXPECT_EQ(channel.receive(), 1); });
    sent = channel.try_send(2);
  }
  EXPECT_EQ(channel.size(), sent ? 1U : 0U);
  return sent;
}

class KitSearchedInTime : public testing::TestWithParam<TimedUse> {};

TEST_P(KitSearchedInTime, IsCleanAndReachesBothEnds) {
  ExploreOptions options;
  options.strategy = Strategy::exhaustive;
  options.preemptions = GetParam().preemptions;
  options.schedules = 100000;
  options.spurious = true;
  options.early_timeouts = true;
  options.folder = std::filesystem::path(testing::TempDir()) / GetParam().name;
  void* const page =
      mmap(nullptr, sizeof(Reached), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(page, MAP_FAILED);
  auto& reached = *new (page) Reached{};
  const Explored explored =
      expect_clean([&] { reached[GetParam().body() ? 1 : 0] = true; }, options);
  EXPECT_TRUE(explored.complete) << explored;
  EXPECT_TRUE(reached[1]) << "in time";
  EXPECT_TRUE(reached[0]) << "too late";
  munmap(page, sizeof(Reached));
}

INSTANTIATE_TEST_SUITE_P(
    All, KitSearchedInTime,
    testing::Values(TimedUse{"WaitGroupsWaitFor", waits_for_the_group_for_a_while},
                    TimedUse{"RundownsRunDownFor", runs_down_for_a_while},
                    TimedUse{"EnginesStopFor", stops_for_a_while, 1},
                    TimedUse{"ContextsTimeout", ends_by_cancel_or_timeout, 1},
                    TimedUse{"ContextsDeadline", cancels_before_or_after_a_deadline, 1},
                    TimedUse{"ContextsWaitFor", waits_for_the_context_for_a_while, 1},
                    TimedUse{"ChannelReceivesBeforeADeadline", receives_before_a_deadline, 1},
                    TimedUse{"ChannelSendsBeforeADeadline", sends_before_a_deadline, 1},
                    TimedUse{"ChannelReceivesBeforeAStop", receives_before_a_stop, 1},
                    TimedUse{"ChannelSendsBeforeAStop", sends_before_a_stop, 1},
                    TimedUse{"ChannelSendsBeforeACancel", sends_before_a_cancel, 1},
                    TimedUse{"ChannelTriesToReceive", tries_to_receive},
                    TimedUse{"ChannelTriesToSend", tries_to_send}),
    [](const auto& use) { return std::string(use.param.name); });

}  // namespace
}  // namespace redflag
