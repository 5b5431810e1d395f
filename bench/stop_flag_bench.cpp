// manual_stop_flag: asking whether the engine is already stopped, the path that every call after
// the first one takes.
#include <benchmark/benchmark.h>

#include <atomic>
#include <mutex>

namespace {

void plain_flag(benchmark::State& state) {
  bool stopped = true;
  for (auto _ : state) {
    benchmark::DoNotOptimize(stopped);
    if (!stopped) stopped = true;
  }
}
BENCHMARK(plain_flag)->Name("manual_stop_flag/second stop with call_once/unsafe");
BENCHMARK(plain_flag)->Name("manual_stop_flag/second stop with exchange/unsafe");

void once_flag(benchmark::State& state) {
  std::once_flag stopped;
  std::call_once(stopped, [] {});
  for (auto _ : state) {
    std::call_once(stopped, [] {});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(once_flag)->Name("manual_stop_flag/second stop with call_once/safe");

void exchanged_flag(benchmark::State& state) {
  std::atomic<bool> stopped = true;
  for (auto _ : state) {
    bool before = stopped.exchange(true);
    benchmark::DoNotOptimize(before);
  }
}
BENCHMARK(exchanged_flag)->Name("manual_stop_flag/second stop with exchange/safe");

}  // namespace
