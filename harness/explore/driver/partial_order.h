// Exhaustive search without a bound: of all schedules that differ only in the order of independent
// steps, one. Dynamic partial-order reduction (Flanagan and Godefroid, POPL 2005) with sleep sets
// (Godefroid, LNCS 1032).
#pragma once

#include <cstdint>
#include <vector>

#include "explore/driver/trace.h"
#include "explore/page.h"

namespace redflag {

class PartialOrder {
 public:
  /// Takes in an execution that followed prefix() and asleep(). Whether there is another schedule
  /// to run; then prefix() is the beginning of that.
  bool learn(const explorer::Page& page);
  [[nodiscard]] const std::vector<std::uint16_t>& prefix() const { return prefix_; }
  /// As Spec::asleep.
  [[nodiscard]] std::uint64_t asleep() const { return asleep_; }
  /// Executions that turned out to repeat what others had shown.
  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
  /// There were threads beyond those that a page can name: not all schedules were tried.
  [[nodiscard]] bool too_many_threads() const { return too_many_threads_; }

 private:
  using Threads = std::uint64_t;  // a bit each
  struct Node {
    bool choice = false;  // of a number below `options`, not of a thread
    std::uint32_t options = 0;
    std::uint32_t chosen = 0;
    Threads enabled = 0;
    Threads wanted = 0;     // to be tried here, or tried
    Threads tried = 0;      // with the one that is being tried
    Threads asleep = 0;     // what they would begin here was seen in another branch
    Threads sleepless = 0;  // of those that were tried: depends on everything
  };
  std::size_t extend(const Trace& trace);
  [[nodiscard]] Threads asleep_behind(const Node& node, const Trace& trace, std::size_t at) const;
  void add_node(const Move& move, Threads asleep);
  void want_reversals(const Trace& trace, std::size_t from);
  bool advance(Node& node) const;

  std::vector<Node> path_;
  std::vector<std::uint16_t> prefix_;
  Threads asleep_ = 0;
  std::uint64_t repeated_ = 0;
  bool too_many_threads_ = false;

  friend class Reversals;
};

}  // namespace redflag
