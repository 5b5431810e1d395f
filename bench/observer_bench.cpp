// callback_under_lock: an event that is delivered under the lock, against one that is noted there
// and delivered after it.
#include <benchmark/benchmark.h>

#include <functional>
#include <mutex>
#include <vector>

namespace {

void under_the_lock(benchmark::State& state) {
  int seen = 0;
  const std::function<void(int)> observer = [&](int event) { seen += event; };
  std::mutex mutex;
  for (auto _ : state) {
    const std::lock_guard lock(mutex);
    observer(1);
    benchmark::DoNotOptimize(seen);
  }
}
BENCHMARK(under_the_lock)->Name("callback_under_lock/deliver an event/unsafe");

void after_the_lock(benchmark::State& state) {
  int seen = 0;
  const std::function<void(int)> observer = [&](int event) { seen += event; };
  std::mutex mutex;
  std::vector<int> noted;
  for (auto _ : state) {
    {
      const std::lock_guard lock(mutex);
      noted.push_back(1);
    }
    std::vector<int> events;
    {
      const std::lock_guard lock(mutex);
      events.swap(noted);
    }
    for (const int event : events) observer(event);
    benchmark::DoNotOptimize(seen);
  }
}
BENCHMARK(after_the_lock)->Name("callback_under_lock/deliver an event/safe");

}  // namespace
