// The guard's scope ends before the return: the engine is stopped first, and then the value is
// copied.
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <thread>

namespace {

constexpr int tasks = 4;

class Engine {
 public:
  void submit(int task) { tasks_.send(task); }
  int stop() {
    tasks_.close();
    worker_.join();
    return processed_;
  }

 private:
  void work() {
    while (tasks_.receive()) ++processed_;
  }

  redflag::Channel<int> tasks_{tasks};
  int processed_ = 0;
  std::jthread worker_{[this] { work(); }};
};

struct StopGuard {
  Engine& engine;
  int& processed;
  ~StopGuard() { processed = engine.stop(); }
};

int run(Engine& engine) {
  int processed = 0;
  {
    const StopGuard guard{engine, processed};
    for (int task = 0; task < tasks; ++task) engine.submit(task);
  }  // stopped
  return processed;
}

redflag::Outcome body() {
  Engine engine;
  return {{"processed", run(engine)}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("processed=4", "every task is counted"),
                 forbidden("processed=0", "counted, and then not returned")}};
