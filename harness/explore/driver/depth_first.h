// Exhaustive search: the tree of all schedules within a bound of preemptions, depth first
// (Musuvathi and Qadeer, PLDI 2007). What two beginnings have in common that differ only in the
// order of independent steps is gone through once (Musuvathi and Qadeer, MSR-TR-2007-12). Sleep
// sets would leave out more, but what stands for a schedule there may need more preemptions than
// the schedule and lie beyond the bound. Without a bound see partial_order.h.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "explore/page.h"

namespace redflag {

/// What the bound is of.
enum class Bound {
  preemptions,
  departures,  ///< all that is not as the prefix strategy does it where it has no prefix: a choice
               ///< other than the first, too, or another thread where one has ended (delay
               ///< bounding; Emmi, Qadeer and Rakamaric, POPL 2011)
};

class DepthFirst {
 public:
  explicit DepthFirst(std::uint32_t bound, Bound of = Bound::preemptions)
      : bound_(bound), of_(of) {}

  /// Takes in an execution that followed prefix(). Whether there is another schedule to run; then
  /// prefix() is the beginning of that.
  bool learn(const explorer::Page& page);
  [[nodiscard]] const std::vector<std::uint16_t>& prefix() const { return prefix_; }
  /// Some point had threads beyond those that a page can name: not all schedules were tried.
  [[nodiscard]] bool too_many_threads() const { return too_many_threads_; }

 private:
  struct Node {
    bool choice = false;  // of a number below `options`, not of a thread
    std::uint32_t options = 0;
    std::uint64_t untried = 0;  // threads, a bit each
    std::uint32_t chosen = 0;
    std::uint32_t usual =
        0;              // what costs nothing: the thread that ran before, or goes on by itself
    bool free = false;  // switching costs nothing here
    std::uint32_t spent = 0;  // of the bound, before this point
  };
  Node node_for(const explorer::Event& event, std::uint32_t before, std::uint32_t spent) const;
  [[nodiscard]] bool costs(const Node& node, std::uint32_t chosen) const;
  bool advance(Node& node) const;
  bool begin_again_with_all();

  std::uint32_t bound_;
  Bound of_;
  bool known(const Node& node, std::uint32_t before, std::uint64_t enabled, std::uint64_t state);

  static constexpr std::size_t most_states = 4'000'000;  // some 150 MB; beyond them none is known

  std::vector<Node> path_;
  std::unordered_map<std::uint64_t, std::uint32_t> spent_in_;  // the least, by state
  bool left_out_ = false;                                      // something that was known
  bool leaves_out_ = true;                                     // what is known
  std::vector<std::uint16_t> prefix_;
  bool too_many_threads_ = false;
};

}  // namespace redflag
