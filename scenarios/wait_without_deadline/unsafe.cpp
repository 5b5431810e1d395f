// The worker waits for a service that does not answer, and stop() waits for the worker without a
// deadline: the engine hangs because somebody else does.
#include <redflag/channel.h>
#include <redflag/scenario.h>
#include <redflag/wait_group.h>

#include <chrono>
#include <thread>

namespace {

class Service {  // takes requests, and never answers
 public:
  bool call(int task) {
    requests_.try_send(task);
    return replies_.receive().has_value();
  }
  void open_breaker() { replies_.close(); }  // every call fails, those under way too

 private:
  redflag::Channel<int> requests_{8};
  redflag::Channel<int> replies_{8};
};

class Engine {
 public:
  void submit(int task) { tasks_.send(task); }
  redflag::Outcome stop() {
    tasks_.close();
    finished_.wait();
    worker_.join();
    return {{"answered", answered_}, {"abandoned", abandoned_}};
  }

 private:
  void work() {
    while (const auto task = tasks_.receive()) ++(service_.call(*task) ? answered_ : abandoned_);
  }

  Service service_;
  redflag::Channel<int> tasks_{8};
  redflag::WaitGroup finished_;
  int answered_ = 0;
  int abandoned_ = 0;
  std::jthread worker_{[this, counted = finished_.guard()] { work(); }};
};

redflag::Outcome body() {
  Engine engine;
  engine.submit(1);
  engine.submit(2);
  return engine.stop();
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "stop"), must(Mode::explore, Kind::deadlock, "stop")},
    .outcomes = {acceptable("answered=0 abandoned=2", "the caller is told what was abandoned")}};
