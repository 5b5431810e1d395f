// How the next thread is chosen. One strategy a file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "explore/page.h"

namespace redflag::explorer {

/// Something a thread is about to do to an object.
struct Operation {
  Action action = Action::none;
  ObjectType type = ObjectType::none;
  const volatile void* object = nullptr;
  const void* caller = nullptr;          ///< where the program called
  const volatile void* mutex = nullptr;  ///< of a wait on a condition: given back and taken again
};

/// Whether an operation changes its object for others. Two operations of which neither does
/// commute.
bool changes(Action action);

/// Whether the order of the two can matter.
inline bool dependent(const Operation& a, const Operation& b) {
  return a.object == b.object && a.object != nullptr && (changes(a.action) || changes(b.action));
}

struct Candidate {
  std::uint32_t thread;  ///< by order of creation; 0 is the main thread
  Operation operation;
};

/// A moment at which one of several threads is to go on.
struct Point {
  const Candidate* candidates;  ///< by thread
  std::size_t size;             ///< at least 1
  std::size_t current;          ///< the one that ran last; `size` if that one is no candidate
  bool yielded;                 ///< the one that ran last gave way: it spins, yields or sleeps
  std::uint32_t last_thread;    ///< the thread that ran last
};

/// Chooses. Everything that it does follows from the spec it was begun with and the points it was
/// shown: no clock, no address, no global state.
class Strategy {
 public:
  virtual void begin(const Page& page) = 0;
  /// The index of the candidate to go on. Called at every point, also with one candidate.
  virtual std::size_t pick(const Point& point) = 0;
  /// A number below `options`, for choices other than of a thread: which waiter wakes.
  virtual std::uint32_t choose(std::uint32_t options) = 0;
  /// Whether a prefix asked for what is impossible.
  [[nodiscard]] virtual bool diverged() const { return false; }

 protected:
  ~Strategy() = default;
};

/// Each candidate with the same probability.
Strategy& random_strategy();
/// Probabilistic concurrency testing: threads have priorities, which change `depth - 1` times at
/// random steps (Burckhardt et al., ASPLOS 2010).
Strategy& pct_strategy();
/// Partial-order sampling: operations have priorities, drawn again when a dependent operation was
/// taken (Yuan, Yang and Gu, CAV 2018).
Strategy& pos_strategy();
/// Follows Page::prefix and then goes on with as few switches as it can.
Strategy& prefix_strategy();
/// Follows Page::prefix loosely; an entry with interrupts_bit interrupts the thread before.
Strategy& guided_strategy();

Strategy& strategy_of(StrategyId id);

/// Zeroes by hand: ThreadSanitizer would take a memset() for the program's.
template <class T, std::size_t N>
void clear(T (&values)[N], std::size_t count = N) {
  for (std::size_t i = 0; i < count; ++i) static_cast<volatile T&>(values[i]) = 0;
}

}  // namespace redflag::explorer
