// A worker that meets a fatal task stops the engine. stop() waits until every worker has left, the
// calling worker included: it waits for itself.
#include <redflag/scenario.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace {

constexpr int workers = 2;

class Engine {
 public:
  void work(int task) {
    const bool fatal = task == 0;
    if (fatal) stop();
    finished_.count_down();
  }
  void stop() {
    stopping_ = true;
    finished_.wait();
  }
  bool stopping() const { return stopping_; }

 private:
  std::atomic<bool> stopping_ = false;
  std::latch finished_{workers};
};

redflag::Outcome body() {
  Engine engine;
  {
    std::vector<std::jthread> threads;
    for (int task = 0; task < workers; ++task)
      threads.emplace_back([&engine, task] { engine.work(task); });
    engine.stop();
  }  // all joined
  return {{"stopped", engine.stopping()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "stop"), must(Mode::explore, Kind::deadlock, "stop")},
    .outcomes = {acceptable("stopped=true", "the engine is stopped")}};
