// Every worker stops the engine when it is done, and stop() was written to be called once: the
// second call frees again what the first one freed.
#include <redflag/scenario.h>

#include <thread>
#include <vector>

namespace {

struct Queue {
  std::vector<int> tasks = {1, 2, 3};
};

class Engine {
 public:
  Engine() : queue_(new Queue) {}
  void stop() { close(); }

 private:
  void close() { delete queue_; }

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
    .body = body,
    .expect = {must(with_tsan | Mode::asan, Kind::heap_use_after_free, "close"),
               may(Mode::asan, freed_memory), may(with_tsan, reused_memory),
               may(any_mode, memory_corruption)},
    .outcomes = {acceptable("stopped=true", "the engine is stopped")}};
