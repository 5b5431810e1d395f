// stop() cancels the context and waits for the worker, with a deadline after which the caller is
// told that it was not enough. The thread is joined in any case before the engine is gone.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/scenario.h>
#include <redflag/wait_group.h>

#include <chrono>
#include <memory>
#include <thread>

namespace {

class Engine {
 public:
  void start() {
    worker_ = std::jthread([this, counted = finished_.guard()] { work(); });
  }
  void submit(int task) { tasks_.send(task); }
  bool stop() {
    context_.cancel();
    return finished_.wait_for(std::chrono::seconds(5));
  }

 private:
  void work() {
    while (tasks_.receive(context_)) ++processed_;
  }

  redflag::Channel<int> tasks_{8};
  redflag::Context context_;
  redflag::WaitGroup finished_;
  int processed_ = 0;
  std::jthread worker_;
};

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  engine->start();
  engine->submit(1);
  const bool stopped = engine->stop();
  engine.reset();
  return {{"stopped", stopped}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the worker has left"),
                 acceptable("stopped=false", "the deadline passed, and the caller was told")}};
