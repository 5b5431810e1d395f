#include "explore/driver/partial_order.h"

#include <gtest/gtest.h>

#include "explore/driver/random_program.h"

namespace redflag {
namespace {

using explorer::Action;

struct Reduced : SeenOutcomes {
  std::size_t repeated = 0;

  [[nodiscard]] std::size_t different() const { return schedules - repeated; }
};

constexpr std::size_t too_many = 2000;

SeenOutcomes all(const SmallProgram& program) {
  return all_within(program, 1000000, Bound::preemptions, false, too_many);
}

// Whether the runtime heeds who is asleep must not matter.
Reduced reduced(const SmallProgram& program, bool heeds = true) {
  Interpreter interpreter(program);
  PartialOrder tree;
  const SeenOutcomes seen = go_through(tree, interpreter, too_many, [&]() -> decltype(auto) {
    return interpreter.run(tree.prefix(), heeds ? tree.asleep() : 0);
  });
  return {seen, tree.repeated()};
}

std::vector<Instruction> repeated(Action action, unsigned object, std::size_t times) {
  std::vector<Instruction> instructions(times);
  std::ranges::fill(instructions, Instruction{action, object});
  return instructions;
}

TEST(PartialOrder, IndependentStepsHaveOneSchedule) {
  for (unsigned writers = 1; writers <= 8; ++writers) {
    std::vector<std::vector<Instruction>> threads;
    for (unsigned i = 0; i < writers; ++i) threads.push_back(repeated(Action::atomic_store, i, 5));
    EXPECT_EQ(reduced(with_main(threads)).schedules, 1U) << writers;
  }
}

TEST(PartialOrder, ThreadsThatOnlyLookHaveOneSchedule) {
  const auto looks = repeated(Action::atomic_load, 0, 5);
  EXPECT_EQ(reduced(with_main({looks, looks, looks})).schedules, 1U);
}

// n updates of one atomic by as many threads have n! orders, and k by each of two have (2k)!/(k!)².
TEST(PartialOrder, DependentStepsHaveEveryOrderOnce) {
  const auto update = repeated(Action::atomic_update, 0, 1);
  EXPECT_EQ(reduced(with_main({update, update})).schedules, 2U);
  EXPECT_EQ(reduced(with_main({update, update, update})).different(), 6U);
  EXPECT_EQ(reduced(with_main({update, update, update, update})).different(), 24U);
  const auto updates = repeated(Action::atomic_update, 0, 4);
  EXPECT_EQ(reduced(with_main({updates, updates})).schedules, 70U);
}

// Of each fork either neighbour may be first, but not all three on the right; and all may stop
// each other.
TEST(PartialOrder, SeesTheDeadlockOfPhilosophers) {
  const auto seen = reduced(with_main({dine(0, 1), dine(1, 2), dine(2, 0)}));
  EXPECT_EQ(seen.outcomes.size(), 7U);
  EXPECT_TRUE(seen.outcomes.begin()->starts_with(" deadlock"));
  EXPECT_LT(seen.schedules, 20U);
}

// For the main thread's update to come before the first thread's look, and behind the second's, the
// second must go first: that the main thread could go on as well does not do.
TEST(PartialOrder, LetsThoseGoFirstWhoMust) {
  const SmallProgram program = {{{Action::thread_create},
                                 {Action::thread_create},
                                 {Action::atomic_update, 0},
                                 {Action::thread_create}},
                                {{Action::atomic_load, 0}, {Action::semaphore_wait, 1}},
                                {{Action::semaphore_post, 0}, {Action::atomic_load, 0}},
                                {{Action::mutex_lock, 1}}};
  EXPECT_EQ(reduced(program).outcomes, all(program).outcomes);
}

// What every schedule shows, those of the reduced search show too.
TEST(PartialOrder, LosesNoOutcomeOfRandomPrograms) {
  std::size_t with = 0;
  std::size_t without = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const SmallProgram program = RandomProgram(seed).make();
    const auto every = all(program);
    if (every.schedules == too_many) continue;
    for (const bool heeds : {true, false})
      ASSERT_EQ(reduced(program, heeds).outcomes, every.outcomes) << "seed " << seed << "\n"
                                                                  << text_of(program);
    with += reduced(program).schedules;
    without += every.schedules;
  }
  EXPECT_LT(with, without / 10);
}

}  // namespace
}  // namespace redflag
