// Four threads count, and each increment holds the mutex: reading, adding and writing are one step
// for the others.
#include <redflag/scenario.h>

#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr int threads = 4;

class Counter {
 public:
  void increment() {
    const std::lock_guard lock(mutex_);
    ++value_;
  }
  int value() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  int value_ = 0;
};

redflag::Outcome body() {
  const int increments = redflag::rounds(1000);
  Counter counter;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&counter, increments] {
        for (int n = 0; n < increments; ++n) counter.increment();
      });
    }
  }  // all joined
  return {{"all_counted", counter.value() == threads * increments}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("all_counted=true", "every increment was counted"),
                 forbidden("all_counted=false", "increments were lost")}};
