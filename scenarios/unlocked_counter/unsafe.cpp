// Four threads count with ++ on a plain int. It reads, adds and writes: between the reading and
// the writing another thread's increment gets lost.
#include <redflag/scenario.h>

#include <thread>
#include <vector>

namespace {

constexpr int threads = 4;

class Counter {
 public:
  void increment() { ++value_; }
  int value() const { return value_; }

 private:
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
    .expect = {must(with_tsan, Kind::data_race, "increment"),
               may(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("all_counted=true", "every increment was counted"),
                 forbidden("all_counted=false", "increments were lost")}};
