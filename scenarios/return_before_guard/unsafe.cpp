// The guard stops the engine and stores how many tasks were processed in the variable that is
// returned. The value returned was copied before the guard ran.
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
  const StopGuard guard{engine, processed};
  for (int task = 0; task < tasks; ++task) engine.submit(task);
  return processed;
}

redflag::Outcome body() {
  Engine engine;
  return {{"processed", run(engine)}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("processed=4", "every task is counted"),
                 forbidden("processed=0", "counted, and then not returned")}};
