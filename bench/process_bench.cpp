// process_after_stop: a call that asks a flag, against one under rundown protection.
#include <benchmark/benchmark.h>
#include <redflag/rundown.h>

#include <atomic>

namespace {

void flag_then_use(benchmark::State& state) {
  const std::atomic<bool> running = true;
  int processed = 0;
  for (auto _ : state) {
    if (running) ++processed;
    benchmark::DoNotOptimize(processed);
  }
}
BENCHMARK(flag_then_use)->Name("process_after_stop/process/unsafe");

void under_rundown(benchmark::State& state) {
  redflag::Rundown rundown;
  int processed = 0;
  for (auto _ : state) {
    if (const auto in_flight = rundown.try_acquire()) ++processed;
    benchmark::DoNotOptimize(processed);
  }
}
BENCHMARK(under_rundown)->Name("process_after_stop/process/safe");

}  // namespace
