// In-flight protection: nothing is freed while it is in use, and whoever asks for the end waits for
// it (article, section 4.4, whose listing lets the second caller return early).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace redflag {

/// Counts those who use a resource until it is run down; Windows calls it EX_RUNDOWN_REF.
///
///     bool Engine::process(Item item) {
///       auto in_flight = rundown_.try_acquire();
///       if (!in_flight) return false;  // too late, and nothing was touched
///       ...                            // the engine cannot be freed here
///     }
///     void Engine::stop() { rundown_.run_down([this] { free_everything(); }); }
///
/// What is to be done once belongs into the call, not behind it: whatever stands behind run_down()
/// is run by every thread that stops, and two that free everything free it twice.
///
/// Thread-safety: all members may be called from any thread at once. A thread that has returned
/// from run_down() may destroy the Rundown: threads still on their way out of a member are waited
/// for.
class Rundown {
 public:
  class Guard;

  Rundown() = default;
  Rundown(const Rundown&) = delete;
  Rundown& operator=(const Rundown&) = delete;
  /// Runs down, without a cleanup. On a thread that holds a guard, or in the cleanup, that is
  /// std::terminate, with run_down()'s message.
  ~Rundown();

  /// Enters. The guard is true if that was allowed, and false from the first run_down() on. One
  /// thread may hold several.
  [[nodiscard]] Guard try_acquire();

  /// Refuses newcomers and waits for those in flight. However many threads call it, and however
  /// often, each returns only when nobody is in flight and no cleanup runs any more. Throws
  /// std::logic_error, without effect, on a thread that itself holds a guard and in the cleanup: it
  /// would wait for itself.
  void run_down();
  /// As run_down(); then the first of these calls runs its `cleanup`, outside every lock, and those
  /// of the others are never run. Each returns only when the cleanup is complete. An exception
  /// leaves the call that ran it; the cleanup counts as run all the same, because half of it done
  /// again would free twice. Throws std::invalid_argument for an empty one.
  void run_down(const std::function<void()>& cleanup);
  /// As run_down(), for at most `timeout`. False if some are still in flight, or the cleanup still
  /// runs; newcomers stay refused. Once it is true, run_down(cleanup) waits for nobody in flight.
  [[nodiscard]] bool run_down_for(std::chrono::steady_clock::duration timeout);

  /// How many guards are held now.
  [[nodiscard]] std::size_t in_flight() const;

 private:
  friend struct TestAccess;
  class Cleaning;
  bool await_end(std::unique_lock<std::mutex>& lock,
                 std::optional<std::chrono::steady_clock::time_point> limit);
  void release(std::thread::id holder);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::thread::id> holders_;  // one entry a guard
  std::size_t callers_ = 0;               // threads inside run_down() or run_down_for()
  std::thread::id cleaner_;               // who runs the cleanup now
  bool running_down_ = false;
  bool cleaned_ = false;  // the cleanup has begun
};

/// Being in flight, to the end of the scope. Like std::lock_guard it cannot be moved and belongs to
/// the thread that took it; that is how run_down() knows its own thread. Work that is handed to
/// another thread acquires there.
class [[nodiscard]] Rundown::Guard {
 public:
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard();
  explicit operator bool() const { return rundown_ != nullptr; }

 private:
  friend class Rundown;
  explicit Guard(Rundown* rundown) : rundown_(rundown) {}
  Rundown* rundown_;
  std::thread::id holder_ = std::this_thread::get_id();
};

}  // namespace redflag
