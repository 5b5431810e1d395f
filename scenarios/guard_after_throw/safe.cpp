// The guard that stops the engine is made as soon as the engine runs, before anything can throw.
// Whichever way run() is left, stop() is called.
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

class Engine : public std::enable_shared_from_this<Engine> {
 public:
  void start() {  // as in Go, the worker keeps its engine alive
    worker_ = std::jthread([self = shared_from_this()] { self->work(); });
  }
  void submit(int task) {
    if (task < 0) throw std::invalid_argument("negative task");
    tasks_.send(task);
  }
  void stop() {
    tasks_.close();
    worker_.join();
  }
  bool stopped() const { return tasks_.closed(); }

 private:
  void work() {
    while (tasks_.receive()) ++processed_;
  }

  redflag::Channel<int> tasks_{8};
  int processed_ = 0;
  std::jthread worker_;
};

struct StopGuard {
  Engine& engine;
  ~StopGuard() { engine.stop(); }
};

void run(Engine& engine, int task) {
  engine.start();
  const StopGuard guard{engine};
  engine.submit(task);
}

redflag::Outcome body() {
  const auto engine = std::make_shared<Engine>();
  std::string error = "none";
  try {
    run(*engine, -1);
  } catch (const std::invalid_argument&) {
    error = "reported";
  }
  return {{"error", error}, {"stopped", engine->stopped()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("error=reported stopped=true", "the engine is stopped all the same"),
                 forbidden("*", "nobody stopped the engine")}};
