#include "explore/driver/depth_first.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "explore/driver/random_program.h"

namespace redflag {
namespace {

using explorer::Action;
using explorer::Event;
using explorer::Page;

// Two threads of `length` steps each that never block, run by a prefix as the runtime runs them.
class TwoThreads {
 public:
  explicit TwoThreads(unsigned length) : length_(length) {}

  const Page& run(const std::vector<std::uint16_t>& prefix) {
    page_->event_count = 0;
    unsigned done[2] = {};
    unsigned last = 0;
    while (done[0] < length_ || done[1] < length_) {
      const std::uint32_t at = page_->event_count++;
      unsigned next = done[last] < length_ ? last : 1 - last;
      if (at < prefix.size()) next = prefix[at];
      Event& event = page_->events[at];
      event = {};
      event.action = Action::atomic_update;
      event.thread = static_cast<std::uint16_t>(next);
      event.enabled = (done[0] < length_ ? 1U : 0U) | (done[1] < length_ ? 2U : 0U);
      ++done[next];
      last = next;
    }
    return *page_;
  }

 private:
  unsigned length_;
  std::unique_ptr<Page> page_ = std::make_unique<Page>();
};

// How many schedules there are, no two of them equal.
std::size_t schedules(unsigned length, std::uint32_t preemptions) {
  TwoThreads program(length);
  DepthFirst tree(preemptions);
  std::set<std::vector<std::uint16_t>> seen;
  bool more = true;
  while (more) {
    const Page& page = program.run(tree.prefix());
    std::vector<std::uint16_t> steps;
    for (std::uint32_t i = 0; i < page.event_count; ++i) steps.push_back(page.events[i].thread);
    EXPECT_TRUE(seen.insert(steps).second) << "a schedule was run twice";
    more = tree.learn(page);
  }
  return seen.size();
}

TEST(DepthFirst, TriesEveryInterleavingWhenNothingBoundsIt) {
  EXPECT_EQ(schedules(2, 100), 6U);    // 4 over 2
  EXPECT_EQ(schedules(4, 100), 70U);   // 8 over 4
  EXPECT_EQ(schedules(5, 100), 252U);  // 10 over 5
}

TEST(DepthFirst, StaysWithinTheBound) {
  // Thread 0 runs before the first step, so letting thread 1 begin interrupts it.
  EXPECT_EQ(schedules(3, 0), 1U);
  EXPECT_EQ(schedules(3, 1), 1U + 3U);  // thread 0 is interrupted once, before one of its steps
}

TEST(DepthFirst, TriesEveryValueOfAChoice) {
  const auto page = std::make_unique<Page>();
  page->event_count = 1;
  page->events[0] = {};
  page->events[0].action = Action::choice;
  page->events[0].enabled = 3;
  DepthFirst tree(0);
  std::vector<std::uint16_t> values;
  while (tree.learn(*page)) values.push_back(tree.prefix().at(0) & ~Page::choice_bit);
  EXPECT_EQ(values, (std::vector<std::uint16_t>{1, 2}));
}

constexpr std::size_t far_too_many = 2'000;

TEST(DepthFirst, GoesThroughWhatIndependentStepsLeadToOnce) {
  std::vector<std::vector<Instruction>> threads;
  for (unsigned i = 0; i < 3; ++i) {
    threads.emplace_back(3);
    for (Instruction& instruction : threads.back()) instruction = {Action::atomic_store, i};
  }
  const auto some = all_within(with_main(threads), 2, Bound::preemptions, true, far_too_many);
  const auto every = all_within(with_main(threads), 2, Bound::preemptions, false, far_too_many);
  EXPECT_LT(some.schedules, every.schedules / 2);
  EXPECT_EQ(some.outcomes, every.outcomes);
}

// It would have to be interrupted for nothing, and whether it would depends on who ran before.
TEST(DepthFirst, LeavesNothingOutOfLongRuns) {
  std::vector<std::vector<Instruction>> threads(2);
  threads[0].assign(explorer::Page::longest_run + 10, {Action::atomic_store, 0});
  threads[1].assign(2, {Action::atomic_store, 1});
  EXPECT_EQ(all_within(with_main(threads), 1, Bound::preemptions, true, far_too_many).schedules,
            all_within(with_main(threads), 1, Bound::preemptions, false, far_too_many).schedules);
}

TEST(DepthFirst, LosesNoOutcomeWithinTheBoundOfRandomPrograms) {
  std::size_t with = 0;
  std::size_t without = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const SmallProgram program = RandomProgram(seed).make();
    for (const Bound of : {Bound::preemptions, Bound::departures}) {
      for (std::uint32_t bound = 0; bound <= 3; ++bound) {
        const auto every = all_within(program, bound, of, false, far_too_many);
        if (every.schedules == far_too_many) break;
        const auto some = all_within(program, bound, of, true, far_too_many);
        ASSERT_EQ(some.outcomes, every.outcomes) << "seed " << seed << ", bound " << bound << "\n"
                                                 << text_of(program);
        with += some.schedules;
        without += every.schedules;
      }
    }
  }
  EXPECT_LT(with, without * 2 / 3);
}

}  // namespace
}  // namespace redflag
