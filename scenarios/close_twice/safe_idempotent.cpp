// The kit's channel: a second close() is a plain answer (false) and not an error.
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <thread>

namespace {

class Engine {
 public:
  void work() { stop_.receive(); }
  void stop() { close(); }

 private:
  void close() { stop_.close(); }

  redflag::Channel<bool> stop_{1};
};

redflag::Outcome body() {
  Engine engine;
  {
    std::jthread worker([&] { engine.work(); });
    std::jthread on_error([&] { engine.stop(); });
    std::jthread on_signal([&] { engine.stop(); });
  }  // all joined
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the worker was told once and has left")}};
