// plain_flag_publication: publishing a value and reading it again, with and without order. On
// x86-64 release and acquire are plain moves; what they cost is the freedom of the compiler.
#include <benchmark/benchmark.h>

#include <atomic>

namespace {

void plain_publication(benchmark::State& state) {
  int value = 0;
  bool ready = false;
  for (auto _ : state) {
    value = 1;
    ready = true;
    benchmark::DoNotOptimize(value);
    benchmark::DoNotOptimize(ready);
    if (ready) benchmark::DoNotOptimize(value);
  }
}
BENCHMARK(plain_publication)->Name("plain_flag_publication/publish and read/unsafe");

void released_publication(benchmark::State& state) {
  int value = 0;
  std::atomic<bool> ready = false;
  for (auto _ : state) {
    value = 1;
    ready.store(true, std::memory_order_release);
    benchmark::DoNotOptimize(value);
    benchmark::DoNotOptimize(ready);
    if (ready.load(std::memory_order_acquire)) benchmark::DoNotOptimize(value);
  }
}
BENCHMARK(released_publication)->Name("plain_flag_publication/publish and read/safe");

}  // namespace
