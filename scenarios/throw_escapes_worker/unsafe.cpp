// A task throws in a worker thread and nobody there catches it: std::terminate ends the whole
// program, and the engine is never stopped.
#include <redflag/scenario.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace {

class Engine {
 public:
  void run(int task) {
    worker_ = std::jthread([this, task] { process(task); });
  }
  void stop() { worker_.join(); }

 private:
  void process(int task) {
    if (task < 0) throw std::invalid_argument("negative task");
  }

  std::jthread worker_;
};

redflag::Outcome body() {
  Engine engine;
  std::string error = "none";
  engine.run(-1);
  try {
    engine.stop();
  } catch (const std::invalid_argument&) {
    error = "reported";
  }
  return {{"error", error}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::uncaught_exception, "process")},
    .outcomes = {acceptable("error=reported", "the owner got the worker's exception"),
                 forbidden("error=none", "the exception was lost")}};
