// Rundown protection: process() enters, or is told that it is too late. stop() lets nobody in any
// more and frees the buffer when the last one has left.
#include <redflag/rundown.h>
#include <redflag/scenario.h>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  bool process(int value) {
    const auto in_flight = rundown_.try_acquire();
    if (!in_flight) return false;
    std::ranges::fill(*buffer_, value);
    return true;
  }
  void stop() {
    rundown_.run_down([this] { buffer_.reset(); });
  }

 private:
  redflag::Rundown rundown_;
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
    .expect = {},
    .outcomes = {acceptable("stopped=true", "nothing is processed after the stop")}};
