#include <redflag/engine.h>

#include "lifecycle/time_limit.h"
#include "lifecycle/visit.h"

#include <utility>

namespace redflag {
namespace {

/// Whose worker this thread is.
thread_local const Engine* employer = nullptr;

/// Takes the task over, so that what it captured is gone when its fate is known.
std::exception_ptr failure_of(Engine::Task&& accepted) {
  const Engine::Task task = std::move(accepted);
  try {
    task();
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

}  // namespace

StopFromWorker::StopFromWorker()
    : std::logic_error(
          "redflag::Engine: stop() on one of its own workers, which would join itself; "
          "call request_stop() there and stop() on the owner's thread") {}

Engine::Engine(std::size_t workers, std::size_t capacity) : workers_(workers), capacity_(capacity) {
  if (workers == 0) throw std::invalid_argument("redflag::Engine: it needs at least 1 worker");
  if (capacity == 0) throw std::invalid_argument("redflag::Engine: capacity must be at least 1");
}

Engine::~Engine() {
  // In a frame of its own: clang unwinds the members, a jthread that is this very thread among
  // them, before it terminates for an exception that leaves the destructor.
  [this]() noexcept { stop(); }();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return visitors_ == 0; });
}

bool Engine::start() {
  std::unique_lock lock(mutex_);  // to the end: a stop() that comes meanwhile finds all workers
  if (state_ != State::created) return false;
  const Visit visit(visitors_, changed_);
  threads_.reserve(workers_);
  state_ = State::running;
  try {
    for (; live_ < workers_; ++live_) threads_.emplace_back(&Engine::work, this);
  } catch (...) {
    end(lock, std::nullopt);
    throw;
  }
  return true;
}

bool Engine::submit(Task task) {
  if (!task) throw std::invalid_argument("redflag::Engine: an empty task");
  std::unique_lock lock(mutex_);
  const Visit visit(visitors_, changed_);
  if (employer != this) {
    room_.wait(lock, [this] { return state_ != State::running || queue_.size() < capacity_; });
  }
  if (state_ != State::running) return false;
  queue_.push_back(std::move(task));
  work_.notify_one();
  return true;
}

void Engine::work() {
  employer = this;
  std::exception_ptr error;  // outlives the lock: its destructor is the user's code
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return !queue_.empty() || state_ != State::running; });
    if (queue_.empty()) break;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    room_.notify_one();
    lock.unlock();
    error = failure_of(std::move(task));
    lock.lock();
    --running_;
    ++processed_;
    if (error) ++failed_;
    if (!error_) error_ = std::move(error);
  }
  if (--live_ == 0) changed_.notify_all();
}

std::stop_source Engine::begin_stop() {
  if (state_ == State::created) state_ = State::stopped;
  if (state_ == State::running) state_ = State::stopping;
  work_.notify_all();
  room_.notify_all();
  return source_;
}

void Engine::request_stop() {
  std::unique_lock lock(mutex_);
  auto source = begin_stop();
  lock.unlock();
  source.request_stop();  // our copy: by now the engine may be gone
}

Engine::Report Engine::stop() { return stop_until(std::nullopt); }

Engine::Report Engine::stop_for(Clock::duration timeout) {
  return stop_until(limit_after(timeout));
}

Engine::Report Engine::stop_until(std::optional<Clock::time_point> limit) {
  if (employer == this) throw StopFromWorker();
  std::unique_lock lock(mutex_);
  const Visit visit(visitors_, changed_);
  end(lock, limit);
  return current_report();
}

// Refuses tasks before it lets go of the lock: a failed start() has nobody to run them.
void Engine::end(std::unique_lock<std::mutex>& lock, std::optional<Clock::time_point> limit) {
  auto source = begin_stop();
  lock.unlock();
  source.request_stop();
  lock.lock();
  join_workers(lock, limit);
}

void Engine::join_workers(std::unique_lock<std::mutex>& lock,
                          std::optional<Clock::time_point> limit) {
  if (!wait_within(changed_, lock, limit, [this] { return live_ == 0; })) return;
  if (std::exchange(joining_, true)) {  // somebody else joins them
    wait_within(changed_, lock, limit, [this] { return state_ == State::stopped; });
    return;
  }
  lock.unlock();  // a worker's last act is to release it
  threads_.clear();
  lock.lock();
  state_ = State::stopped;
  changed_.notify_all();
}

std::stop_token Engine::token() const { return source_.get_token(); }

Engine::State Engine::state() const {
  const std::scoped_lock lock(mutex_);
  return state_;
}

Engine::Report Engine::report() const {
  const std::scoped_lock lock(mutex_);
  return current_report();
}

Engine::Report Engine::current_report() const {
  return {.stopped = state_ == State::stopped,
          .processed = processed_,
          .failed = failed_,
          .unfinished = queue_.size() + running_,
          .error = error_};
}

}  // namespace redflag
