// Two threads have a reason to stop the engine, and each closes its one-shot channel, a
// std::promise. The second set_value() throws, as Go panics: "close of closed channel".
#include <redflag/scenario.h>

#include <future>
#include <thread>

namespace {

class Engine {
 public:
  void work() { stopped_.wait(); }
  void stop() { close(); }

 private:
  void close() { stop_.set_value(); }

  std::promise<void> stop_;
  std::shared_future<void> stopped_ = stop_.get_future();
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
    .expect = {must(any_mode, Kind::uncaught_exception, "close")},
    .outcomes = {acceptable("stopped=true", "the worker was told once and has left")}};
