// What the steps of an execution have to do with each other: which depend on which, and so which
// came before which in every schedule that differs from this one only in the order of independent
// steps.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/page.h"

namespace redflag {

/// A step, as far as its order with others can matter.
struct Move {
  std::uint32_t thread = 0;
  explorer::Action action = explorer::Action::none;
  std::uint32_t place = 0;    ///< of its object, as Object::place; 0: none
  std::uint32_t mutex = 0;    ///< the same of the mutex of a wait on a condition
  std::uint32_t joined = 0;   ///< of a join: the thread that had to end for it
  bool global = false;        ///< depends on every other
  bool choice = false;        ///< of a value, not of a thread
  std::uint64_t enabled = 0;  ///< as in Event; of a choice the number of options
  std::uint32_t value = 0;    ///< of a choice
};

/// Whether the order of two steps of different threads can matter. Errs towards yes: virtual time,
/// yields, signals, files and all that is unknown depend on everything.
bool dependent(const Move& a, const Move& b);

/// Whether `second` cannot be done as long as `first`, which is of another thread, can: it needs
/// what that gives back, or waits for the end of that thread.
bool needs_release_by(const Move& first, const Move& second);

/// The moves of a page's execution, and what its threads were about to do at its end.
struct Trace {
  explicit Trace(const explorer::Page& page);
  /// Makes what comes from move `size` on what the threads are about to do.
  void cut(std::size_t size);
  /// The next move of `thread` from `from` on, or null if it is not known.
  [[nodiscard]] const Move* next(std::uint32_t thread, std::size_t from) const;

  std::vector<Move> moves;
  std::vector<Move> pending;
  std::uint32_t threads = 1;
  bool creators_known = true;  ///< thread n is the n-th that was created
};

/// The happens-before relation of a trace, by vector clocks.
class Order {
 public:
  static constexpr std::size_t none = ~std::size_t{0};
  explicit Order(const Trace& trace);

  /// Whether move `first` comes before move `second` or is the same one; nothing comes before none.
  [[nodiscard]] bool before(std::size_t first, std::size_t second) const;
  /// The same for a pending move, by its index.
  [[nodiscard]] bool before_pending(std::size_t first, std::size_t pending) const;
  /// What a move's thread did before it, or who made the thread; none for the first move of all.
  [[nodiscard]] std::size_t cause(std::size_t move) const { return causes_[move]; }
  [[nodiscard]] std::size_t cause_of_pending(std::size_t pending) const {
    return pending_causes_[pending];
  }
  /// The first move that does not come before `move`; those earlier do.
  [[nodiscard]] std::size_t first_concurrent(std::size_t move) const;
  /// [n] stands for what the first n moves lead to: two beginnings have the same number, but for a
  /// chance of one in 2^64, if and only if they differ only in the order of independent moves.
  [[nodiscard]] std::vector<std::uint64_t> states() const;

 private:
  using Clock = std::vector<std::uint32_t>;  // by thread: behind its last move that came before
  struct Place {
    Clock all;
    Clock changes;
  };
  [[nodiscard]] std::size_t cause_of(const Move& move) const;
  Clock clock_of(const Move& move, std::size_t cause);
  void take(std::size_t index);
  void join(Clock& clock, std::size_t move) const;

  const Trace& trace_;
  std::vector<Clock> clocks_;
  std::vector<Clock> pending_clocks_;
  std::vector<std::size_t> causes_;
  std::vector<std::size_t> pending_causes_;
  std::vector<std::size_t> last_;                // by thread
  std::vector<std::size_t> creators_;            // by thread
  std::vector<Place> places_;                    // by place
  std::vector<std::vector<std::size_t>> moves_;  // by thread
  Clock global_;
  Clock creations_;
  std::uint32_t created_ = 0;
};

}  // namespace redflag
