// The primitives of the kit under the explorer: all schedules of a small use of each, under
// ThreadSanitizer, with conditions that may wake by themselves. What is plain memory here is
// guarded by the primitive alone, and whoever has waited frees what the others have used.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/rundown.h>
#include <redflag/wait_group.h>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "lifecycle/searched.h"
#include "lifecycle/test_access.h"

namespace redflag {
namespace {

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

class KitSearched : public testing::TestWithParam<Use> {};
class KitInWeakMemory : public testing::TestWithParam<Use> {};

TEST_P(KitSearched, IsCleanInEverySchedule) { search_every_schedule(GetParam()); }
TEST_P(KitInWeakMemory, IsClean) { search_weak_memory(GetParam()); }

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
    Use{"ContextsChildIsCancelled", cancels_a_child_that_is_made_meanwhile, 2});

// Variants of the above, which need no look at weak memory of their own.
const auto variants =
    testing::Values(Use{"WaitGroupIsFreedWhileAWorkerLeaves", frees_the_group_of_a_worker},
                    Use{"RundownIsFreedAfterTheCleanup", frees_the_rundown_after_the_cleanup, 1},
                    Use{"ChannelIsFreedAfterTheLastValue", frees_the_channel_after_the_last_value},
                    Use{"ChannelIsFreedAfterTheClose", frees_the_channel_after_the_close});

INSTANTIATE_TEST_SUITE_P(All, KitSearched, uses, name_of);
INSTANTIATE_TEST_SUITE_P(Variants, KitSearched, variants, name_of);
INSTANTIATE_TEST_SUITE_P(All, KitInWeakMemory, uses, name_of);

}  // namespace
}  // namespace redflag
