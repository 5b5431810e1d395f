// Explores a function of your own: runs it under schedule after schedule and says what they show.
//
//   TEST(Account, TransfersBothWays) {
//     const auto explored = redflag::explore([] {
//       Account a, b;
//       std::jthread there([&] { transfer(a, b); });
//       std::jthread back([&] { transfer(b, a); });
//     });
//     EXPECT_TRUE(explored.clean()) << explored;
//   }
//
// With GoogleTest, redflag::expect_clean() of <redflag/googletest.h> does the same and sees failed
// assertions in the function too. Link the CMake target redflag::explore.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace redflag {

/// How the next thread is chosen.
enum class Strategy {
  random,      ///< a random walk
  pct,         ///< priorities with few changes (Burckhardt et al., ASPLOS 2010)
  pos,         ///< partial-order sampling (Yuan, Yang and Gu, CAV 2018)
  exhaustive,  ///< every schedule with at most so many preemptions
  noise,       ///< no schedule: threads run in parallel and are delayed at random where they
               ///< synchronise; what that shows cannot be replayed
};

struct ExploreOptions {
  Strategy strategy = Strategy::pos;
  std::uint64_t schedules = 1000;                       ///< at most
  std::optional<std::chrono::duration<double>> time{};  ///< no schedule begins after it
  std::uint64_t seed = 1;                               ///< equal seeds give equal schedules (of
                                                        ///< noise: delays)
  std::uint32_t depth = 3;                              ///< of pct
  std::optional<std::uint32_t> preemptions = 2;         ///< of exhaustive; nothing: no bound
  std::uint64_t max_steps = 200000;                     ///< beyond it an execution is a livelock
  bool spurious = false;        ///< condition variables may wake without a signal
  bool early_timeouts = false;  ///< a time-out may come though other threads could go on: they
                                ///< are slow. Otherwise only where all wait
  bool weak_memory = false;     ///< loads of atomics may give values older than the last, as far as
                                ///< their memory orders allow; by g++ compare_exchange_weak() may
                                ///< fail by itself
  bool all_findings = false;    ///< go on after the first
  /// Where the schedules that show something are saved; made when there is one.
  std::filesystem::path folder = "redflag-explore";
  /// If given: asked after each execution, in its process; anything but an empty text is a finding.
  std::function<std::string()> failure{};
};

/// Where a function is called: std::source_location, which Clang 14 does not know.
struct CallSite {
  const char* file;
  unsigned line;
  static constexpr CallSite here(const char* file = __builtin_FILE(),
                                 unsigned line = __builtin_LINE()) {
    return {file, line};
  }
};

/// What an exploration showed.
struct Explored {
  std::uint64_t schedules = 0;
  std::uint64_t distinct = 0;           ///< of them, no two equal; of noise unknown: 0
  std::uint64_t steps = 0;              ///< of all schedules together
  bool complete = false;                ///< exhaustive: there is no other schedule within the bound
  std::vector<std::string> findings{};  ///< their signatures
  std::string text{};  ///< all of it for people, with the commands that replay the findings

  /// No schedule showed anything.
  [[nodiscard]] bool clean() const { return findings.empty(); }
  friend std::ostream& operator<<(std::ostream& out, const Explored& explored) {
    return out << explored.text;
  }
};

/// Runs `body` under schedule after schedule, in children of this process: it may end as it likes.
/// Each execution must do the same when it is scheduled the same, join its threads, and leave
/// nothing behind that the next one sees (if it does leave something, that is noticed, and each
/// execution gets a process of its own).
///
/// To be called while this process has no other thread; not thread-safe. Throws std::runtime_error
/// if it cannot explore.
Explored explore(const std::function<void()>& body, const ExploreOptions& options = {},
                 CallSite where = CallSite::here());

}  // namespace redflag
