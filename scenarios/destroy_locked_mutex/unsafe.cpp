// As in the article's listing, stop() destroys the mutex and does not ask who holds it. The worker
// is told to leave and has not left yet.
#include <pthread.h>
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  void start() {
    worker_ = std::jthread([this] { work(); });
    started_.wait();
  }
  bool stop() {
    stopping_ = true;
    const int error = pthread_mutex_destroy(&mutex_);
    worker_.join();
    return error == 0;
  }

 private:
  void work() {
    started_.count_down();
    while (!stopping_) process();
  }
  void process() {
    pthread_mutex_lock(&mutex_);
    std::ranges::fill(results_, 1);
    pthread_mutex_unlock(&mutex_);
  }

  std::atomic<bool> stopping_ = false;
  std::latch started_{1};
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  std::vector<int> results_ = std::vector<int>(1000);
  std::jthread worker_;
};

redflag::Outcome body() {
  Engine engine;
  engine.start();
  return {{"mutex_destroyed", engine.stop()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::forbidden_outcome),
               must(with_tsan, Kind::data_race, "stop"),
               must(Mode::tsan, Kind::destroy_of_locked_mutex, "stop"),
               may(with_tsan, Kind::data_race), may(with_tsan, misused_mutex),
               may(Mode::explore, Kind::forbidden_outcome)},
    .outcomes = {acceptable("mutex_destroyed=true", "nobody held the mutex"),
                 forbidden("mutex_destroyed=false", "EBUSY: the worker held the mutex")}};
