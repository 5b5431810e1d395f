// The article's engine done right: N workers, one queue, and a stop that is idempotent, complete
// and bounded in time (article, chapters 1, 2 and 4).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

namespace redflag {

/// Thrown by stop() on one of the engine's own workers, which would join itself.
class StopFromWorker : public std::logic_error {
 public:
  StopFromWorker();
};

/// Runs tasks on a fixed number of threads.
///
///     redflag::Engine engine(4);
///     engine.start();
///     engine.submit([] { work(); });
///     const auto report = engine.stop();             // every accepted task has run
///     if (report.error) std::rethrow_exception(report.error);
///
/// The states follow each other as declared in State, and none comes back. A task that submit()
/// accepted is run exactly once, also when the engine is stopping, unless the process ends first.
///
/// To follow a context:
///
///     std::stop_callback link(context.token(), [&] { engine.request_stop(); });
///
/// That hears cancel(). A deadline alone stops the context's token only when some thread waits on
/// the context (see Context); where it has one, let a thread do so: `context.wait();
/// engine.stop();`.
///
/// Thread-safety: all members may be called from any thread at once, but stop() and stop_for() not
/// by a worker. A thread that has returned from stop() may destroy the engine: threads still on
/// their way out of a member are waited for.
class Engine {
 public:
  using Task = std::function<void()>;
  using Clock = std::chrono::steady_clock;
  enum class State { created, running, stopping, stopped };
  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  /// What became of the tasks.
  struct Report {
    bool stopped = false;        ///< false: the time was up first; `unfinished` tells what is left
    std::size_t processed = 0;   ///< tasks that ran to their end, those in `failed` included
    std::size_t failed = 0;      ///< tasks that an exception left
    std::size_t unfinished = 0;  ///< tasks accepted that wait or run still
    std::exception_ptr error;    ///< the first of those exceptions
  };

  /// Makes no thread yet. `capacity` bounds the tasks that wait. Throws std::invalid_argument if
  /// either is zero.
  explicit Engine(std::size_t workers, std::size_t capacity = unbounded);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  /// stop(). Errors nobody asked for are lost here, so call stop() first. On a worker's thread (a
  /// task that holds the last reference to the engine) that is std::terminate.
  ~Engine();

  /// Starts the workers. False, without effect, if the engine was started before or asked to stop
  /// first. If the system gives no thread, stops those made, throws std::system_error, and has
  /// accepted no task: the engine is stopped then.
  bool start();

  /// Hands over a task. False if the engine does not run; the task is then dropped. Waits while the
  /// queue is full. A worker never waits: what its task submits goes in above the capacity, because
  /// workers that wait for workers are a deadlock. Throws std::invalid_argument for an empty task.
  /// An exception that leaves the task is kept for the Report; the worker goes on.
  bool submit(Task task);

  /// Refuses tasks from now on and stops token(); does not wait. Workers may call it, and the owner
  /// then joins with stop(). Before start(): the engine never starts.
  void request_stop();

  /// request_stop(), then waits until the accepted tasks have run and every worker is joined. May
  /// be called before start(), again, and by several threads at once: each returns only when all
  /// has stopped. Throws StopFromWorker, without effect, on a worker.
  Report stop();
  /// As stop(), but gives the workers at most `timeout` to run the accepted tasks and leave. If
  /// that is not enough, Report::stopped is false and the engine goes on stopping: mend or cancel
  /// what the tasks hang on, then stop() again. The call itself may take longer, because two things
  /// in it have no limit: the callbacks of token(), which run here, on the calling thread, if it
  /// asks first; and, once no worker is left in the engine, joining them, which waits for the
  /// destructors of their thread_local objects.
  Report stop_for(Clock::duration timeout);

  /// Stopped by the first request_stop() or stop(). Long tasks look at it or wait with it.
  [[nodiscard]] std::stop_token token() const;
  [[nodiscard]] State state() const;
  /// The Report of this moment.
  [[nodiscard]] Report report() const;

 private:
  friend struct TestAccess;

  void work();
  std::stop_source begin_stop();
  Report stop_until(std::optional<Clock::time_point> limit);
  void end(std::unique_lock<std::mutex>& lock, std::optional<Clock::time_point> limit);
  void join_workers(std::unique_lock<std::mutex>& lock, std::optional<Clock::time_point> limit);
  [[nodiscard]] Report current_report() const;

  const std::size_t workers_;
  const std::size_t capacity_;

  mutable std::mutex mutex_;         // all that follows
  std::condition_variable work_;     // for workers: a task or the end
  std::condition_variable room_;     // for submit(): room in the queue or the end
  std::condition_variable changed_;  // for stop() and the destructor: live_, state_, visitors_
  State state_ = State::created;
  std::stop_source source_;
  std::deque<Task> queue_;
  std::vector<std::jthread> threads_;  // of start(), then of the stop() that joins
  bool joining_ = false;      // some stop() has taken on the joining, and alone uses threads_
  std::size_t live_ = 0;      // workers that have not left work()
  std::size_t running_ = 0;   // tasks that run now
  std::size_t visitors_ = 0;  // threads inside start(), submit() or stop()
  std::size_t processed_ = 0;
  std::size_t failed_ = 0;
  std::exception_ptr error_;
};

}  // namespace redflag
