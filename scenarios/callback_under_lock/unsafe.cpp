// The engine calls its observer under its lock, and the observer calls the engine back: the thread
// waits for a lock that it holds itself.
#include <redflag/scenario.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr int tasks = 2;

class Engine {
 public:
  std::function<void(int task)> observer;  // set before the first process()

  void process(int task) {
    const std::lock_guard lock(mutex_);
    ++processed_;
    observer(task);
  }
  int processed() const {
    const std::lock_guard lock(mutex_);
    return processed_;
  }

 private:
  mutable std::mutex mutex_;
  int processed_ = 0;
};

redflag::Outcome body() {
  Engine engine;
  std::atomic<bool> complete = false;
  engine.observer = [&](int) {
    if (engine.processed() == tasks) complete = true;
  };
  {
    std::vector<std::jthread> workers;
    for (int task = 0; task < tasks; ++task)
      workers.emplace_back([&engine, task] { engine.process(task); });
  }  // all joined
  return {{"complete", complete.load()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "processed"),
               must(Mode::explore, Kind::deadlock, "processed")},
    .outcomes = {acceptable("complete=true", "the observer saw that all is processed")}};
