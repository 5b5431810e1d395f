// The way of the article: closing a channel is a broadcast that lasts. It also reaches a worker
// that comes to receive() only later.
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <latch>
#include <thread>
#include <vector>

namespace {

constexpr int workers = 3;

class Engine {
 public:
  void work() {
    ready_.count_down();
    done_.receive();
  }
  void wait_until_ready() { ready_.wait(); }
  void stop() { done_.close(); }

 private:
  std::latch ready_{workers};
  redflag::Channel<bool> done_{1};
};

redflag::Outcome body() {
  Engine engine;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i) threads.emplace_back([&engine] { engine.work(); });
    engine.wait_until_ready();
    engine.stop();
  }  // all joined
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("stopped=true", "every worker was told and has left")}};
