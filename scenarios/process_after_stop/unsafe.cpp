// process() asks whether the engine runs and then uses its buffer. Between the question and the
// use, stop() frees the buffer.
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  bool process(int value) {
    if (!running_) return false;
    std::ranges::fill(*buffer_, value);
    return true;
  }
  void stop() {
    running_ = false;
    buffer_.reset();
  }

 private:
  std::atomic<bool> running_ = true;
  std::unique_ptr<std::vector<int>> buffer_ = std::make_unique<std::vector<int>>(1000);
};

redflag::Outcome body() {
  Engine engine;
  {
    std::jthread worker([&] {
      while (engine.process(1)) {
      }
    });
    std::jthread owner([&] { engine.stop(); });
  }  // both joined
  return {{"stopped", !engine.process(2)}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(with_tsan, Kind::data_race, "process"),
               must(Mode::asan, Kind::heap_use_after_free, "process"),
               may(Mode::asan, freed_memory), may(with_tsan, reused_memory),
               may(any_mode, memory_corruption)},
    .outcomes = {acceptable("stopped=true", "nothing is processed after the stop")}};
