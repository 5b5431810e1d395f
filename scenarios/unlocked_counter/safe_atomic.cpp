// Four threads count with an atomic: the processor reads, adds and writes in one step that no other
// thread can come between.
#include <redflag/scenario.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr int threads = 4;

class Counter {
 public:
  void increment() { ++value_; }
  int value() const { return value_; }

 private:
  std::atomic<int> value_ = 0;
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
