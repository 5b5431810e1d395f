// stop() joins the worker first. When the mutex is destroyed there is nobody left who could hold
// it.
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
    worker_.join();
    const int error = pthread_mutex_destroy(&mutex_);
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
    .expect = {},
    .outcomes = {acceptable("mutex_destroyed=true", "nobody held the mutex"),
                 forbidden("mutex_destroyed=false", "EBUSY: the worker held the mutex")}};
