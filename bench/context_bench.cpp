// sync_ignores_cancel: a chunk that is copied with and without a look at the context.
// cancel_not_propagated: what a look costs in a root, which hears nobody, and in a child of
// another.
#include <benchmark/benchmark.h>
#include <redflag/context.h>

#include <algorithm>
#include <vector>

namespace {

void copy_chunk(benchmark::State& state) {
  const std::vector<int> source(1'000);
  std::vector<int> target(1'000);
  for (auto _ : state) {
    std::ranges::copy(source, target.begin());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(copy_chunk)->Name("sync_ignores_cancel/copy a chunk/unsafe");

void look_and_copy_chunk(benchmark::State& state) {
  const redflag::Context context;
  const std::vector<int> source(1'000);
  std::vector<int> target(1'000);
  for (auto _ : state) {
    if (context.done()) return;
    std::ranges::copy(source, target.begin());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(look_and_copy_chunk)->Name("sync_ignores_cancel/copy a chunk/safe");

void ask(benchmark::State& state, const redflag::Context& context) {
  for (auto _ : state) {
    bool done = context.done();
    benchmark::DoNotOptimize(done);
  }
}
void ask_root(benchmark::State& state) { ask(state, redflag::Context()); }
BENCHMARK(ask_root)->Name("cancel_not_propagated/ask done()/unsafe");

void ask_child(benchmark::State& state) {
  const redflag::Context parent;
  ask(state, parent.child());
}
BENCHMARK(ask_child)->Name("cancel_not_propagated/ask done()/safe");

}  // namespace
