// A worker that meets a fatal task asks for the stop and goes on to leave. Only the owner, who is
// no worker, waits until every worker has left.
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
    if (fatal) request_stop();
    finished_.count_down();
  }
  void request_stop() { stopping_ = true; }
  void stop() {
    request_stop();
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
    .body = body, .expect = {}, .outcomes = {acceptable("stopped=true", "the engine is stopped")}};
