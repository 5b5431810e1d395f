// unlocked_counter: an increment with and without protection. The unsafe one runs on one thread
// only: on several it would be the data race that it stands for, and its time would mean nothing.
#include <benchmark/benchmark.h>

#include <atomic>
#include <mutex>

namespace {

void plain_increment(benchmark::State& state) {
  int counter = 0;
  for (auto _ : state) {
    ++counter;
    benchmark::DoNotOptimize(counter);
  }
}
BENCHMARK(plain_increment)->Name("unlocked_counter/increment under a mutex/unsafe");
BENCHMARK(plain_increment)->Name("unlocked_counter/increment of an atomic/unsafe");

void locked_increment(benchmark::State& state) {
  std::mutex mutex;
  int counter = 0;
  for (auto _ : state) {
    const std::lock_guard lock(mutex);
    ++counter;
    benchmark::DoNotOptimize(counter);
  }
}
BENCHMARK(locked_increment)->Name("unlocked_counter/increment under a mutex/safe");

void atomic_increment(benchmark::State& state) {
  std::atomic<int> counter = 0;
  for (auto _ : state) {
    ++counter;
    benchmark::DoNotOptimize(counter);
  }
}
BENCHMARK(atomic_increment)->Name("unlocked_counter/increment of an atomic/safe");

}  // namespace
