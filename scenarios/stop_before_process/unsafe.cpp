// The engine accepts tasks, and stop() makes its worker leave at once: what was accepted and not
// yet processed is dropped, and nobody is told.
#include <redflag/scenario.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace {

constexpr int tasks = 4;

class Engine {
 public:
  bool submit(int task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(task);
    changed_.notify_one();
    return true;
  }
  int stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_one();
    }
    worker_.join();
    return processed_;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (stopping_) return;
      tasks_.pop_front();
      ++processed_;
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<int> tasks_;
  bool stopping_ = false;
  int processed_ = 0;
  std::jthread worker_{[this] { work(); }};
};

redflag::Outcome body() {
  Engine engine;
  for (int task = 0; task < tasks; ++task) engine.submit(task);
  return {{"processed", engine.stop()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("processed=4", "every accepted task was processed"),
                 forbidden("processed=*", "accepted tasks were dropped")}};
