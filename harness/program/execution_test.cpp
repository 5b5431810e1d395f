#include "program/execution.h"

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <thread>

#include "program/threads.h"

namespace redflag {
namespace {

int executions = 0;
std::unique_ptr<std::latch> hold;  // what a leaked thread waits for
std::vector<std::thread> leaked;

std::unique_ptr<StatusPage> run(Outcome (*body)(), std::uint64_t times) {
  executions = 0;
  auto page = std::make_unique<StatusPage>();
  run_executions(Program{.body = body, .expect = {}, .outcomes = {}},
                 {.executions = times, .time = std::chrono::hours(1)}, *page);
  return page;
}

TEST(Execution, CountsExecutionsAndEqualOutcomes) {
  const auto page = run(
      [] {
        ++executions;
        return Outcome{{"odd", executions % 2 == 1}};
      },
      5);
  EXPECT_EQ(page->started, 5U);
  EXPECT_EQ(page->completed, 5U);
  EXPECT_EQ(page->phase, StatusPage::finished);
  EXPECT_STREQ(page->outcomes[0].text, "odd=true");
  EXPECT_EQ(page->outcomes[0].count, 3U);
  EXPECT_STREQ(page->outcomes[1].text, "odd=false");
  EXPECT_EQ(page->outcomes[1].first_execution, 2U);
  EXPECT_EQ(page->outcomes[2].count, 0U);
}

TEST(Execution, OutcomesBeyondTheSlotsAreCountedAsLost) {
  const auto page = run([] { return Outcome{{"n", ++executions}}; }, StatusPage::outcome_slots + 3);
  EXPECT_EQ(page->lost_outcomes, 3U);
}

TEST(Execution, LongOutcomesAreCutAndStillCountedTogether) {
  const auto page = run([] { return Outcome{{"x", std::string(1000, 'y')}}; }, 2);
  EXPECT_EQ(page->outcomes[0].count, 2U);
  EXPECT_EQ(std::string_view(page->outcomes[0].text).size(), StatusPage::text_size - 1);
}

TEST(Execution, AnExceptionLeavesTheCountsAsTheyWere) {
  StatusPage page{};
  const Program thrower{.body = []() -> Outcome { throw 1; }, .expect = {}, .outcomes = {}};
  EXPECT_THROW(run_executions(thrower, {}, page), int);
  EXPECT_EQ(page.started, 1U);
  EXPECT_EQ(page.completed, 0U);
  EXPECT_EQ(page.phase, StatusPage::running);
}

TEST(Execution, AThreadThatOutlivesItsExecutionIsCountedOnce) {
  hold = std::make_unique<std::latch>(1);
  const auto page = run(
      [] {
        if (++executions == 2) leaked.emplace_back([] { hold->wait(); });
        return Outcome{};
      },
      4);
  hold->count_down();
  for (auto& thread : leaked) thread.join();
  leaked.clear();
  EXPECT_EQ(page->leaked_threads, 1U);
  EXPECT_EQ(page->first_leak, 2U);
}

TEST(Execution, AJoinedThreadIsNoLeak) {
  const auto page = run(
      [] {
        std::thread([] {}).join();
        return Outcome{};
      },
      2000);
  EXPECT_EQ(page->leaked_threads, 0U);
}

TEST(Execution, StopsWhenTooManyThreadsHaveLeaked) {
  hold = std::make_unique<std::latch>(1);
  const auto page = run(
      [] {
        for (int i = 0; i < 20; ++i) leaked.emplace_back([] { hold->wait(); });
        return Outcome{};
      },
      100);
  hold->count_down();
  for (auto& thread : leaked) thread.join();
  leaked.clear();
  EXPECT_EQ(page->completed, 4U);
  EXPECT_EQ(page->leaked_threads, 80U);
}

}  // namespace
}  // namespace redflag
