// stop() joins the worker while it holds the lock that the worker needs to see the stop: neither
// can go on.
#include <redflag/scenario.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace {

class Engine {
 public:
  void submit(int task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(task);
    changed_.notify_one();
  }
  int stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
    worker_.join();
    return processed_;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
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
  engine.submit(1);
  engine.submit(2);
  return {{"processed", engine.stop()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "stop"), must(Mode::explore, Kind::deadlock, "stop")},
    .outcomes = {acceptable("processed=2", "every accepted task was processed")}};
