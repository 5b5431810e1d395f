// Waiting for a known number of things to finish: Go's sync.WaitGroup (article, section 4.3).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>

namespace redflag {

/// A counter that threads wait on until it is zero. Unlike std::latch it may be raised again, can
/// be waited for with a time-out, and reports misuse.
///
///     redflag::WaitGroup group;
///     std::jthread worker([guard = group.guard()] { work(); });  // counted before the start
///     group.wait();
///
/// Count a thread before it starts. add() inside the new thread races with wait(): while the count
/// is zero, wait() may already have returned (the catalogue's add_inside_worker).
///
/// Thread-safety: all members may be called from any thread at once. A thread that has returned
/// from wait() may destroy the group: those still on their way out of wait() or done() are waited
/// for.
class WaitGroup {
 public:
  class Guard;

  WaitGroup() = default;
  WaitGroup(const WaitGroup&) = delete;
  WaitGroup& operator=(const WaitGroup&) = delete;
  /// Lets threads that are in wait() leave first. Does not itself wait for the count to be zero: a
  /// group destroyed while guards live is an error, as with std::latch.
  ~WaitGroup();

  /// Raises the count by `n`. Allowed at any time; but an add() at zero does not hold back a wait()
  /// that began before it.
  void add(std::size_t n = 1);

  /// Lowers the count by one. Throws std::logic_error if it is zero: a done() without its add().
  void done();

  /// add(), and a guard that calls done() once. Make it before the thread starts and move it there.
  [[nodiscard]] Guard guard();
  /// A guard for an add() already made, as Go's `defer wg.Done()`.
  [[nodiscard]] Guard adopt();

  /// Blocks until the count is zero, or has been zero at any moment since the call.
  void wait();
  /// As wait(), for at most `timeout`. False if the count was not zero in that time.
  [[nodiscard]] bool wait_for(std::chrono::steady_clock::duration timeout);

  [[nodiscard]] std::size_t count() const;

 private:
  friend struct TestAccess;
  bool block(std::optional<std::chrono::steady_clock::time_point> limit);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::size_t zeros_ = 0;    // how often the count has come down to zero
  std::size_t waiters_ = 0;  // threads inside wait() or wait_for()
};

/// Calls done() exactly once: at done() or at the end of its life. Can be moved, also to another
/// thread; one guard is for one thread at a time. If done() has by then been called by hand as well
/// the misuse is found in the destructor, and std::terminate prints it.
class WaitGroup::Guard {
 public:
  Guard(Guard&& other) noexcept;
  Guard& operator=(Guard&&) = delete;
  ~Guard();
  /// Calls the group's done() now. Later calls do nothing.
  void done();

 private:
  friend class WaitGroup;
  explicit Guard(WaitGroup& group) : group_(&group) {}
  WaitGroup* group_;
};

}  // namespace redflag
