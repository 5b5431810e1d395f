#include "explore/driver/reorder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>

#include "explore/driver/random_program.h"

namespace redflag {
namespace {

using explorer::Page;

std::ptrdiff_t preemptions(const Page& page) {
  return std::count_if(page.events, page.events + page.event_count, [](const auto& event) {
    return (event.flags & explorer::Event::preemption) != 0;
  });
}

std::size_t nth_bit(std::uint64_t bits, std::size_t n) {
  while (n-- > 0) bits &= bits - 1;
  return static_cast<std::size_t>(std::countr_zero(bits));
}

// A random walk, one step at a time.
const Page& walk(Interpreter& interpreter, std::mt19937& random) {
  std::vector<std::uint16_t> steps;
  for (;;) {
    const Page& page = interpreter.run(steps);
    if (steps.size() == page.event_count) return page;
    const explorer::Event& next = page.events[steps.size()];
    const bool choice = next.action == explorer::Action::choice;
    const std::size_t step =
        choice
            ? random() % next.enabled | Page::choice_bit
            : nth_bit(next.enabled, random() % static_cast<unsigned>(std::popcount(next.enabled)));
    steps.push_back(static_cast<std::uint16_t>(step));
  }
}

// The one who sits down last interrupts him who has a fork, and all others find theirs taken.
TEST(Reorder, PhilosophersAreInterruptedOnce) {
  const auto program = with_main({dine(0, 1), dine(1, 2), dine(2, 3), dine(3, 0)});
  Interpreter interpreter(program);
  std::mt19937 random(1);
  int deadlocks = 0;
  std::ptrdiff_t most = 0;
  for (int i = 0; i < 300; ++i) {
    const Page& page = walk(interpreter, random);
    const std::string outcome = interpreter.outcome();
    if (!outcome.starts_with(" deadlock")) continue;
    ++deadlocks;
    most = std::max(most, preemptions(page));
    EXPECT_EQ(preemptions(interpreter.run(with_fewest_interruptions(page))), 1);
    EXPECT_EQ(interpreter.outcome(), outcome);
  }
  EXPECT_GT(deadlocks, 5);
  EXPECT_GT(most, 5);
}

bool has_time_limits(const SmallProgram& program) {
  return std::ranges::any_of(program, [](const auto& thread) {
    return std::ranges::any_of(thread, [](const Instruction& i) { return i.deadline != 0; });
  });
}

// It is the same execution, and no thread is interrupted more often.
TEST(Reorder, KeepsWhatRandomProgramsSee) {
  std::mt19937 random(1);
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    const SmallProgram program = RandomProgram(seed).make();
    Interpreter interpreter(program);
    const Page& page = walk(interpreter, random);
    const auto before = preemptions(page);
    const std::string outcome = interpreter.outcome();
    interpreter.run(with_fewest_interruptions(page));
    ASSERT_EQ(interpreter.outcome(), outcome) << "seed " << seed << "\n" << text_of(program);
    EXPECT_TRUE(has_time_limits(program) || preemptions(page) <= before) << "seed " << seed << "\n"
                                                                         << text_of(program);
  }
}

}  // namespace
}  // namespace redflag
