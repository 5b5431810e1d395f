// std::call_once closes the channel once, whoever comes first, as the article does with sync.Once.
#include <redflag/scenario.h>

#include <future>
#include <mutex>
#include <thread>

namespace {

class Engine {
 public:
  void work() { stopped_.wait(); }
  void stop() {
    std::call_once(closed_, [this] { close(); });
  }

 private:
  void close() { stop_.set_value(); }

  std::once_flag closed_;
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
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the worker was told once and has left")}};
