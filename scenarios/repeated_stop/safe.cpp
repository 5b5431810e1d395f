// Every worker stops the engine when it is done, and std::call_once lets only the first call close
// the queue; the others wait until it is closed.
#include <redflag/scenario.h>

#include <mutex>
#include <thread>
#include <vector>

namespace {

struct Queue {
  std::vector<int> tasks = {1, 2, 3};
};

class Engine {
 public:
  Engine() : queue_(new Queue) {}
  void stop() {
    std::call_once(stopped_, [this] { close(); });
  }

 private:
  void close() { delete queue_; }

  std::once_flag stopped_;
  Queue* queue_;
};

redflag::Outcome body() {
  Engine engine;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 2; ++i) workers.emplace_back([&] { engine.stop(); });
  }  // all joined
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body, .expect = {}, .outcomes = {acceptable("stopped=true", "the engine is stopped")}};
