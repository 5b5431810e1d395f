// stop() changes the state under the lock and lets go of the lock before it joins the worker.
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
    lock.unlock();
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
    .expect = {},
    .outcomes = {acceptable("processed=2", "every accepted task was processed")}};
