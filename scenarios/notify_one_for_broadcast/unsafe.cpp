// Three workers wait for the stop, and stop() wakes one of them. The other two have a correct
// predicate, and nobody makes them look at it.
#include <redflag/scenario.h>

#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr int workers = 3;

class Engine {
 public:
  void work() {
    std::unique_lock lock(mutex_);
    ready_.count_down();
    changed_.wait(lock, [this] { return stopping_; });
  }
  void wait_until_ready() { ready_.wait(); }
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }

 private:
  std::latch ready_{workers};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
};

redflag::Outcome body() {
  Engine engine;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i) threads.emplace_back([&engine] { engine.work(); });
    engine.wait_until_ready();
    engine.stop();
  }  // all joined
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "work"),
               must(Mode::explore, Kind::lost_wakeup, "work")},
    .outcomes = {acceptable("stopped=true", "every worker was told and has left")}};
