#include <gtest/gtest.h>
#include <redflag/context.h>

#include "lifecycle/crowd.h"
#include "lifecycle/frozen_clock.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <latch>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace redflag {
namespace {

using namespace std::chrono_literals;
using Cause = Context::Cause;

Context passed(const Context& parent) { return parent.with_deadline(Context::Clock::now() - 1h); }

TEST(Context, GoesOnUntilCancelled) {
  Context context;
  EXPECT_FALSE(context.done());
  EXPECT_EQ(context.cause(), Cause::none);
  EXPECT_EQ(context.reason(), "");
  EXPECT_FALSE(context.deadline());
  EXPECT_FALSE(context.wait_for(0s));

  EXPECT_TRUE(context.cancel("SIGTERM"));
  EXPECT_TRUE(context.done());
  EXPECT_EQ(context.cause(), Cause::cancelled);
  EXPECT_EQ(context.reason(), "SIGTERM");
  EXPECT_TRUE(context.token().stop_requested());
  EXPECT_TRUE(context.wait_for(0s));
  context.wait();
}

TEST(Context, TheFirstReasonWins) {
  Context context;
  EXPECT_TRUE(context.cancel("first"));
  EXPECT_FALSE(context.cancel("second"));
  EXPECT_EQ(context.reason(), "first");
}

TEST(Context, AnEmptyReasonIsCancelled) {
  Context context;
  context.cancel("");
  EXPECT_EQ(context.reason(), "cancelled");
}

TEST(Context, CopiesShareOneState) {
  Context context;
  Context copy = context;
  const Context moved = std::move(copy);  // NOLINT(performance-move-const-arg)
  copy.cancel();  // NOLINT(bugprone-use-after-move): a Context is never empty
  EXPECT_TRUE(context.done());
  EXPECT_TRUE(moved.done());
}

TEST(Context, AChildEndsWithItsParent) {
  Context parent;
  const Context child = parent.child();
  const Context grandchild = child.child();
  const auto token = grandchild.token();
  parent.cancel("parent");
  EXPECT_TRUE(token.stop_requested());
  EXPECT_EQ(child.reason(), "parent");
  EXPECT_EQ(grandchild.reason(), "parent");
  EXPECT_EQ(grandchild.cause(), Cause::cancelled);
}

TEST(Context, AChildOfAnEndedParentHasEnded) {
  Context parent;
  parent.cancel("early");
  const Context child = parent.child();
  EXPECT_EQ(child.reason(), "early");
  EXPECT_TRUE(child.token().stop_requested());
}

TEST(Context, CancellingAChildLeavesTheParentAndItsSiblings) {
  const Context parent;
  Context child = parent.child();
  const Context sibling = parent.child();
  child.cancel("child");
  EXPECT_TRUE(child.done());
  EXPECT_FALSE(parent.done());
  EXPECT_FALSE(parent.token().stop_requested());
  EXPECT_FALSE(sibling.done());
}

TEST(Context, AChildKeepsTheReasonItEndedWith) {
  Context parent;
  Context child = parent.child();
  child.cancel("child");
  parent.cancel("parent");
  EXPECT_EQ(child.reason(), "child");
  EXPECT_FALSE(child.cancel("again"));
}

TEST(Context, ADescendantKeepsItsAncestorsReachable) {
  Context root;
  std::optional<Context> middle = root.child();
  const Context leaf = middle->child();
  middle.reset();
  root.cancel("root");
  EXPECT_EQ(leaf.reason(), "root");
  EXPECT_TRUE(leaf.token().stop_requested());
}

TEST(Context, EndsWhenItsDeadlinePasses) {
  const Context root;
  const Context context = passed(root);
  EXPECT_TRUE(context.done());
  EXPECT_EQ(context.cause(), Cause::deadline_exceeded);
  EXPECT_EQ(context.reason(), "deadline exceeded");
  EXPECT_FALSE(root.done());
}

TEST(Context, ADeadlineStopsTheTokenOnceSomebodyWaits) {
  const Context root;
  const Context context = passed(root);
  const Context child = context.child();
  EXPECT_TRUE(child.done());
  EXPECT_FALSE(context.token().stop_requested());  // nobody has waited: this is the contract
  EXPECT_TRUE(child.wait_for(0s));
  EXPECT_TRUE(context.token().stop_requested());
  EXPECT_TRUE(child.token().stop_requested());
  EXPECT_FALSE(root.token().stop_requested());
}

TEST(Context, CancellingAfterTheDeadlineKeepsTheDeadlineAsReason) {
  Context context = passed(Context());
  EXPECT_FALSE(context.cancel("late"));
  EXPECT_EQ(context.reason(), "deadline exceeded");
  EXPECT_TRUE(context.token().stop_requested());
}

TEST(Context, TheEarliestDeadlineCounts) {
  const auto now = Context::Clock::now();
  const Context near = Context().with_deadline(now + 1h);
  EXPECT_EQ(near.with_deadline(now + 2h).deadline(), now + 1h);
  EXPECT_EQ(near.with_deadline(now).deadline(), now);
  EXPECT_EQ(near.child().deadline(), now + 1h);
  EXPECT_FALSE(near.done());
}

TEST(Context, ATimeoutBeyondTheClockIsNone) {
  const Context context = Context().with_timeout(Context::Clock::duration::max());
  EXPECT_FALSE(context.deadline());
  EXPECT_FALSE(context.done());
}

TEST(Context, WaitIsWokenByCancel) {
  Context root;
  std::latch started(3);
  {
    std::vector<std::jthread> waiters;
    for (const Context& context : {root, root.child(), root.with_timeout(24h)}) {
      waiters.emplace_back([context, &started] {
        started.count_down();
        context.wait();
        EXPECT_EQ(context.reason(), "go home");
      });
    }
    started.wait();
    root.cancel("go home");
  }
}

TEST(Context, OneOfManyCancelsWins) {
  Context context;
  std::latch ready(4);
  std::atomic<int> winners = 0;
  std::string winner;
  crowd(4, [&](std::size_t i) {
    ready.arrive_and_wait();
    if (!context.cancel(std::to_string(i))) return;
    ++winners;
    winner = std::to_string(i);
  });  // and joined
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(context.reason(), winner);
}

// Parent and child cancelled at once: whatever a reader sees first stays true.
TEST(Context, AReasonOnceSeenNeverChanges) {
  Context parent;
  Context child = parent.child();
  std::latch ready(3);
  {
    std::jthread from_above([&] {
      ready.arrive_and_wait();
      parent.cancel("above");
    });
    std::jthread from_below([&] {
      ready.arrive_and_wait();
      child.cancel("below");
    });
    ready.arrive_and_wait();
    child.wait();
    const auto seen = child.reason();
    from_above.join();
    from_below.join();
    EXPECT_EQ(child.reason(), seen);
  }
  EXPECT_EQ(parent.reason(), "above");
}

TEST(Context, AReasonStaysWhenAnAncestorEndsAtTheSameMoment) {
  const FrozenClock frozen;
  Context parent;
  Context cancelled = parent.child();
  const Context late = parent.with_deadline(Context::Clock::now());
  cancelled.cancel("child");
  EXPECT_TRUE(parent.cancel("parent"));
  EXPECT_EQ(cancelled.reason(), "child");
  EXPECT_EQ(late.reason(), "deadline exceeded");
  EXPECT_EQ(parent.child().reason(), "parent");
}

TEST(Context, ACallbackMayUseTheContextAndDropTheLastHandleToIt) {
  Context parent;
  std::optional<Context> child = parent.child();
  std::string seen;
  std::optional<std::stop_callback<std::function<void()>>> other;
  std::optional<std::stop_callback<std::function<void()>>> callback;
  other.emplace(child->token(), [] {});
  callback.emplace(child->token(), [&] {
    seen = child->reason();  // takes the tree's lock: callbacks run outside it
    child.reset();
    other.reset();
    callback.reset();  // with this, nothing of the child is left
  });
  parent.cancel("parent");
  EXPECT_EQ(seen, "parent");
}

TEST(Context, ChildrenMayComeAndGoWhileTheParentIsCancelled) {
  Context parent;
  std::latch ready(3);
  const auto threads = crowd(2, [&](auto) {
    ready.arrive_and_wait();
    while (!parent.child().child().done()) std::this_thread::yield();
  });
  ready.arrive_and_wait();
  parent.cancel();
}

TEST(Context, WaitOnTakesWhatIsReadyThenListensToTheContext) {
  Context context = Context().with_timeout(24h);
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  EXPECT_TRUE(context.wait_on(changed, lock, [] { return true; }));
  EXPECT_FALSE(passed(context).wait_on(changed, lock, [] { return false; }));
  EXPECT_TRUE(passed(context).wait_on(changed, lock, [] { return true; }));
  std::jthread canceller([&] { context.cancel(); });
  EXPECT_FALSE(context.wait_on(changed, lock, [] { return false; }));
  EXPECT_TRUE(lock.owns_lock());
}

}  // namespace
}  // namespace redflag
