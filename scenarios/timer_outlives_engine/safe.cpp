// stop() cancels the timer and waits for a call that is under way: after it nobody calls the
// engine.
#include <redflag/context.h>
#include <redflag/scenario.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

namespace {

class Timer {
 public:
  void start(std::chrono::milliseconds delay, std::function<void()> fire) {
    thread_ = std::jthread([this, delay, fire = std::move(fire)] {
      if (!context_.wait_for(delay)) fire();
    });
  }
  void cancel() {  // when it returns, the timer has fired or never will
    context_.cancel();
    thread_.join();
  }

 private:
  redflag::Context context_;
  std::jthread thread_;
};

class Engine {
 public:
  explicit Engine(Timer& timer) : timer_(timer) {}
  void start() {
    timer_.start(std::chrono::milliseconds(10), [this] { flush(); });
  }
  void stop() {
    running_ = false;
    timer_.cancel();
  }

 private:
  void flush() { ++flushes_; }

  Timer& timer_;
  bool running_ = true;
  int flushes_ = 0;
};

redflag::Outcome body() {
  Timer timer;
  auto engine = std::make_unique<Engine>(timer);
  engine->start();
  engine->stop();
  engine.reset();
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the engine is stopped and gone")}};
