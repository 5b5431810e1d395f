// The kit under the explorer where a use may end in two ways: in time, or too late. Time-outs come
// early, and each use says which way it went; across the search both must have been gone, or the
// search would not say much about it.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/engine.h>
#include <redflag/rundown.h>
#include <redflag/wait_group.h>

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "lifecycle/searched.h"

namespace redflag {
namespace {

using namespace std::chrono_literals;

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
  ExploreOptions options = every_schedule(GetParam().name, GetParam().preemptions);
  options.early_timeouts = true;
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
