#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <redflag/channel.h>

#include "lifecycle/crowd.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

namespace redflag {
namespace {

using namespace std::chrono_literals;

std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

Context ended() {
  Context context;
  context.cancel();
  return context;
}

TEST(Channel, KeepsOrder) {
  Channel<int> channel(3);
  EXPECT_TRUE(channel.send(1));
  EXPECT_TRUE(channel.send(2));
  EXPECT_EQ(channel.size(), 2U);
  EXPECT_EQ(channel.receive(), 1);
  EXPECT_EQ(channel.receive(), 2);
}

TEST(Channel, NeedsRoomForOne) { EXPECT_THROW(Channel<int>(0), std::invalid_argument); }

TEST(Channel, TryNeverWaits) {
  Channel<int> channel(1);
  EXPECT_EQ(channel.try_receive(), std::nullopt);
  EXPECT_TRUE(channel.try_send(1));
  EXPECT_FALSE(channel.try_send(2));
  EXPECT_EQ(channel.try_receive(), 1);
  channel.close();
  EXPECT_FALSE(channel.try_send(3));
}

TEST(Channel, TrySendLeavesARefusedValueUntouched) {
  Channel<std::unique_ptr<int>> channel(1);
  auto value = std::make_unique<int>(1);
  EXPECT_TRUE(channel.try_send(std::make_unique<int>(0)));
  EXPECT_FALSE(channel.try_send(std::move(value)));
  EXPECT_NE(value, nullptr);  // NOLINT(bugprone-use-after-move): the contract
}

TEST(Channel, IsDrainedAfterClose) {
  Channel<int> channel(3);
  channel.send(1);
  channel.send(2);
  EXPECT_TRUE(channel.close());
  EXPECT_TRUE(channel.closed());
  EXPECT_FALSE(channel.send(3));
  EXPECT_EQ(channel.receive(), 1);
  EXPECT_EQ(channel.receive(), 2);
  EXPECT_EQ(channel.receive(), std::nullopt);
  EXPECT_EQ(channel.receive(), std::nullopt);
}

TEST(Channel, MayBeClosedAgain) {
  Channel<int> channel(1);
  EXPECT_TRUE(channel.close());
  EXPECT_FALSE(channel.close());
}

TEST(Channel, AStopEndsTheWaitingNotTheTransfer) {
  Channel<int> channel(1);
  EXPECT_EQ(channel.receive(stopped()), std::nullopt);
  EXPECT_TRUE(channel.send(1, stopped()));
  EXPECT_FALSE(channel.send(2, stopped()));
  EXPECT_EQ(channel.receive(stopped()), 1);
}

TEST(Channel, AContextEndsTheWaitingNotTheTransfer) {
  Channel<int> channel(1);
  EXPECT_EQ(channel.receive(ended()), std::nullopt);
  EXPECT_TRUE(channel.send(1, ended()));
  EXPECT_FALSE(channel.send(2, ended()));
  EXPECT_EQ(channel.receive(ended()), 1);
}

TEST(Channel, ADeadlineEndsTheWaiting) {
  Channel<int> channel(1);
  const auto late = Context().with_timeout(0s);
  EXPECT_EQ(channel.receive(late), std::nullopt);
  channel.send(1);
  EXPECT_FALSE(channel.send(2, late));
}

TEST(Channel, CloseWakesEveryReceiver) {
  Channel<int> channel(1);
  const auto receivers = crowd(4, [&](auto) { EXPECT_EQ(channel.receive(), std::nullopt); });
  channel.close();
}

TEST(Channel, CloseWakesEverySender) {
  Channel<int> channel(1);
  channel.send(0);
  auto senders = crowd(4, [&](auto) { EXPECT_FALSE(channel.send(1)); });
  channel.close();
  senders.clear();
  EXPECT_EQ(channel.receive(), 0);
  EXPECT_EQ(channel.receive(), std::nullopt);
}

TEST(Channel, StopWakesReceiversAndSenders) {
  Channel<int> empty(1);
  Channel<int> full(1);
  full.send(0);
  std::stop_source stop;
  Context context = Context().with_timeout(24h);
  std::vector<std::jthread> threads;
  threads.emplace_back([&] { EXPECT_EQ(empty.receive(stop.get_token()), std::nullopt); });
  threads.emplace_back([&] { EXPECT_FALSE(full.send(1, stop.get_token())); });
  threads.emplace_back([&] { EXPECT_EQ(empty.receive(context), std::nullopt); });
  threads.emplace_back([&] { EXPECT_FALSE(full.send(1, context)); });
  stop.request_stop();
  context.cancel();
}

TEST(Channel, CarriesEveryValueOnceBetweenManyThreads) {
  constexpr std::size_t each = 50;
  Channel<std::size_t> channel(2);
  std::mutex mutex;
  std::vector<std::size_t> received;
  auto receivers = crowd(3, [&](auto) {
    while (auto value = channel.receive()) {
      const std::scoped_lock lock(mutex);
      received.push_back(*value);
    }
  });
  crowd(3, [&](std::size_t i) {
    for (std::size_t n = 0; n < each; ++n) EXPECT_TRUE(channel.send(i * each + n));
  });  // and joined
  channel.close();
  receivers.clear();
  std::vector<std::size_t> expected(3 * each);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_THAT(received, testing::UnorderedElementsAreArray(expected));
}

TEST(Channel, MayBeDestroyedByTheReceiverOfTheLastValue) {
  for (int round = 0; round < 20; ++round) {
    auto channel = std::make_unique<Channel<int>>(1);
    std::jthread sender([to = channel.get()] { to->send(1); });
    EXPECT_EQ(channel->receive(), 1);
    channel.reset();
  }
}

}  // namespace
}  // namespace redflag
