// An engine whose start() the system gives too few threads.
#include <gtest/gtest.h>
#include <redflag/engine.h>

#include "lifecycle/thread_failure.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <system_error>

namespace redflag {
namespace {

TEST(EngineWithoutThreads, EndsStopped) {
  for (const std::size_t possible : {0U, 1U, 2U}) {
    Engine engine(3);
    {
      const ThreadFailure failure(possible);
      EXPECT_THROW(engine.start(), std::system_error);
    }
    EXPECT_EQ(engine.state(), Engine::State::stopped);
    EXPECT_TRUE(engine.token().stop_requested());
    EXPECT_FALSE(engine.submit([] {}));
    EXPECT_FALSE(engine.start());
    EXPECT_TRUE(engine.stop().stopped);
  }
}

// A callback of the token runs in the failing start(), before it has joined anything.
TEST(EngineWithoutThreads, AcceptsNothingWhileItStops) {
  Engine engine(2);
  std::optional<Engine::State> seen;
  bool accepted = true;
  const std::stop_callback callback(engine.token(), [&] {
    seen = engine.state();
    accepted = engine.submit([] {});
  });
  {
    const ThreadFailure failure(1);
    EXPECT_THROW(engine.start(), std::system_error);
  }
  EXPECT_EQ(seen, Engine::State::stopping);
  EXPECT_FALSE(accepted);
  EXPECT_EQ(engine.report().unfinished, 0U);
}

}  // namespace
}  // namespace redflag
