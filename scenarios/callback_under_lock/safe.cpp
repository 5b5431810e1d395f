// The engine notes events under its lock and delivers them when it has let go of it, so that the
// observer may call the engine.
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
    {
      const std::lock_guard lock(mutex_);
      ++processed_;
      events_.push_back(task);
    }
    deliver();
  }
  int processed() const {
    const std::lock_guard lock(mutex_);
    return processed_;
  }

 private:
  void deliver() {
    std::vector<int> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(events_);
    }
    for (const int task : events) observer(task);
  }

  mutable std::mutex mutex_;
  int processed_ = 0;
  std::vector<int> events_;
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
    .expect = {},
    .outcomes = {acceptable("complete=true", "the observer saw that all is processed")}};
