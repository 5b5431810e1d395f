// stop() waits for the worker and forgot to tell it: the worker waits for a task, the owner waits
// for the worker, for ever.
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <memory>
#include <thread>

namespace {

class Engine {
 public:
  void start() {
    worker_ = std::thread([this] { work(); });
  }
  void submit(int task) { tasks_.send(task); }
  bool stop() {
    worker_.join();
    return true;
  }

 private:
  void work() {
    while (tasks_.receive()) ++processed_;
  }

  redflag::Channel<int> tasks_{8};
  int processed_ = 0;
  std::thread worker_;
};

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  engine->start();
  engine->submit(1);
  const bool stopped = engine->stop();
  engine.reset();
  return {{"stopped", stopped}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "stop"), must(Mode::explore, Kind::deadlock, "stop")},
    .outcomes = {acceptable("stopped=true", "the engine says that it has stopped")}};
