// stop() asks for the stop, which every worker hears, and then waits. What was submitted before is
// still processed.
#include <redflag/channel.h>
#include <redflag/scenario.h>
#include <redflag/wait_group.h>

#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  void start(int workers) {
    for (int i = 0; i < workers; ++i)
      threads_.emplace_back([this, counted = finished_.guard()] { work(); });
  }
  void submit(int task) { tasks_.send(task); }
  void stop() {
    stop_.request_stop();
    finished_.wait();
  }
  int processed() const { return processed_; }

 private:
  void work() {
    while (tasks_.receive(stop_.get_token())) ++processed_;
  }

  std::stop_source stop_;
  redflag::Channel<int> tasks_{8};
  redflag::WaitGroup finished_;
  std::atomic<int> processed_ = 0;
  std::vector<std::jthread> threads_;
};

redflag::Outcome body() {
  Engine engine;
  engine.start(3);
  engine.submit(1);
  engine.stop();
  return {{"processed", engine.processed()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("processed=1", "the task was processed, and every worker has left")}};
