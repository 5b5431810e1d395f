// When to stop, and why: the counterpart of Go's context.Context (article, sections 2.3 and 3.3).
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace redflag {

/// A request to stop that everybody who holds it, or a context derived from it, hears.
///
/// A Context is a handle: copies share one state and are cheap. It ends once, by cancel(), by its
/// deadline, or because its parent ended, whichever came first; its reason then never changes.
///
/// What a deadline does. No thread and no timer stand behind it. done(), cause(), reason() and
/// every wait that is given the Context (its own, wait_on(), Channel's) see it exactly when it
/// passes. token() does not by itself: the token is stopped by a thread that is in wait(),
/// wait_for() or wait_until() when the deadline passes or enters one later, or by the first
/// cancel() after it. So give blocking code the Context, and give its token only to code that is
/// cancelled by hand.
///
/// Thread-safety: all members may be called from any thread at once. Dropping the last copy of a
/// context, descendants included, while an ancestor's end is being passed on to it by another
/// thread waits until the callbacks of its own token, and of its descendants', have returned, as
/// std::stop_callback does. So hold no lock there that such a callback takes: that is a deadlock.
class Context {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Cause { none, cancelled, deadline_exceeded };

  /// A new root that has no deadline. Go's Background and WithCancel in one.
  Context();
  /// Copying shares the state; there is no move, so that a Context is never empty.
  Context(const Context&) = default;
  Context& operator=(const Context&) = default;
  ~Context() = default;

  /// A context that ends with this one. Cancelling the child leaves this one as it is.
  [[nodiscard]] Context child() const;
  /// As child(), and ends at `deadline` at the latest. A later one than the parent's has no effect.
  [[nodiscard]] Context with_deadline(Clock::time_point deadline) const;
  /// with_deadline(now + timeout). A timeout beyond the clock's range means none.
  [[nodiscard]] Context with_timeout(Clock::duration timeout) const;

  /// Ends this context and its descendants: when it returns, done() is true for all of them. True
  /// if this call ended it; false, without effect, if it had ended already. The stop callbacks of
  /// the tokens run on the calling thread, outside every lock of the kit. An empty reason counts as
  /// "cancelled".
  bool cancel(std::string reason = "cancelled");

  /// True from the moment when the context ended. Runs no callback.
  [[nodiscard]] bool done() const;
  [[nodiscard]] Cause cause() const;
  /// The text given to cancel(), or "deadline exceeded"; of an ancestor if that ended first. Empty
  /// while the context goes on.
  [[nodiscard]] std::string reason() const;
  /// The earliest deadline of this context and its ancestors.
  [[nodiscard]] std::optional<Clock::time_point> deadline() const;

  /// Stopped when the context is cancelled; what a deadline does to it stands above. The token
  /// hears as long as a copy of this Context, or of a descendant, lives: a temporary's would hear
  /// nothing and does not compile.
  [[nodiscard]] std::stop_token token() const&;
  [[nodiscard]] std::stop_token token() const&& = delete;

  /// Blocks until the context has ended, then lets the tokens know.
  void wait() const;
  /// As wait(), for at most `timeout`. True if the context has ended.
  [[nodiscard]] bool wait_for(Clock::duration timeout) const;
  [[nodiscard]] bool wait_until(Clock::time_point limit) const;

  /// Waits on `condition` until `ready()` or the end of the context. Returns ready()'s last answer,
  /// so what is ready is taken even after the end: stopping ends the waiting, not the draining.
  /// `lock` is held when ready() is asked and on return.
  template <typename Lock, typename Predicate>
  bool wait_on(std::condition_variable_any& condition, Lock& lock, Predicate ready) const {
    const auto stop = token();
    const auto limit = deadline();
    if (!limit) return condition.wait(lock, stop, std::move(ready));
    return condition.wait_until(lock, stop, *limit, std::move(ready));
  }

 private:
  struct State;
  explicit Context(std::shared_ptr<State> state);
  [[nodiscard]] bool block(std::optional<Clock::time_point> limit) const;
  std::shared_ptr<State> state_;
};

}  // namespace redflag
