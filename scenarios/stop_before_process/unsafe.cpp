// The engine accepts tasks, and stop() makes its worker leave at once: what was accepted and not
// yet processed is dropped, and so is what a client submits later. Nobody is told.
#include <redflag/scenario.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace {

constexpr int tasks = 2;

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

int submit_all(Engine& engine) {
  int accepted = 0;
  for (int task = 0; task < tasks; ++task) accepted += engine.submit(task) ? 1 : 0;
  return accepted;
}

redflag::Outcome body() {
  Engine engine;
  int accepted = submit_all(engine);
  std::jthread client([&] { accepted += submit_all(engine); });
  const int processed = engine.stop();
  client.join();
  return {{"dropped", accepted - processed}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("dropped=0", "every accepted task was processed"),
                 forbidden("dropped=*", "accepted tasks were dropped")}};
