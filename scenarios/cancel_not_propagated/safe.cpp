// The worker's context is derived from the engine's: cancelling the parent ends the child.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/scenario.h>

#include <thread>

namespace {

class Engine {
 public:
  void start() {
    worker_ = std::jthread([this] { work(); });
  }
  void submit(int task) { tasks_.send(task); }
  int stop() {
    context_.cancel();
    worker_.join();
    return processed_;
  }

 private:
  void work() {
    const redflag::Context context = context_.child();
    while (tasks_.receive(context)) ++processed_;
  }

  redflag::Context context_;
  redflag::Channel<int> tasks_{8};
  int processed_ = 0;
  std::jthread worker_;
};

redflag::Outcome body() {
  Engine engine;
  engine.start();
  engine.submit(1);
  return {{"processed", engine.stop()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("processed=1", "the task was processed, and the worker has left")}};
