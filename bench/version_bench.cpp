// version_swapped_under_reader: getting the current version, by an atomic pointer that keeps
// nothing alive and by a share of it.
#include <benchmark/benchmark.h>

#include <atomic>
#include <memory>
#include <mutex>

namespace {

void load_pointer(benchmark::State& state) {
  const int version = 1;
  const std::atomic<const int*> current = &version;
  for (auto _ : state) {
    const int* mine = current.load();
    benchmark::DoNotOptimize(mine);
  }
}
BENCHMARK(load_pointer)->Name("version_swapped_under_reader/get the current version/unsafe");

void copy_share(benchmark::State& state) {
  std::mutex mutex;
  const auto current = std::make_shared<const int>(1);
  for (auto _ : state) {
    std::shared_ptr<const int> mine;
    {
      const std::lock_guard lock(mutex);
      mine = current;
    }
    benchmark::DoNotOptimize(mine);
  }
}
BENCHMARK(copy_share)->Name("version_swapped_under_reader/get the current version/safe");

}  // namespace
