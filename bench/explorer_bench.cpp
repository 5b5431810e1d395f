// How fast the explorer is: a function with four threads under it and without it, and a whole
// program through the fork server and in fresh processes. Built with ThreadSanitizer. All on one
// core, because under the explorer only one thread runs.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <redflag/explore.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "bench/four_threads.h"
#include "explore/driver/fork_server.h"
#include "process/cpus.h"

namespace {

namespace fs = std::filesystem;

constexpr int executions = 400;  // an iteration

const fs::path folder = fs::temp_directory_path() / fmt::format("explorer-bench-{}", getpid());

redflag::ServerOptions server_options() {
  redflag::ServerOptions options;
  options.log = folder / "log";
  const auto cpus = redflag::allowed_cpus();
  if (!cpus.empty()) options.cpu = cpus.front();
  return options;
}

// In a child, as the explorer does it, so that this process stays one that can be forked.
void in_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    const auto cpus = redflag::allowed_cpus();
    if (!cpus.empty()) redflag::pin_to_cpu(cpus.front());
    work();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

void controlled(benchmark::State& state) {
  redflag::ExploreOptions options;
  options.schedules = executions;
  options.folder = folder;
  std::uint64_t steps = 0;
  for (auto _ : state) {
    const auto explored = redflag::explore(four_threads, options);
    if (!explored.clean()) state.SkipWithError(explored.text.c_str());
    steps += explored.steps;
    ++options.seed;
  }
  const auto done = static_cast<std::int64_t>(state.iterations()) * executions;
  state.SetItemsProcessed(done);
  state.counters["steps"] = static_cast<double>(steps) / static_cast<double>(done);
}
BENCHMARK(controlled)->Unit(benchmark::kMillisecond)->UseRealTime();

void uncontrolled(benchmark::State& state) {
  for (auto _ : state)
    in_child([] {
      for (int i = 0; i < executions; ++i) four_threads();
    });
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * executions);
}
BENCHMARK(uncontrolled)->Unit(benchmark::kMillisecond)->UseRealTime();

redflag::explorer::Spec any_schedule(std::uint64_t seed) {
  redflag::explorer::Spec spec = {};
  spec.strategy = redflag::explorer::StrategyId::pos;
  spec.max_steps = 10000;
  spec.seed = seed;
  return spec;
}

void fork_server(benchmark::State& state) {
  const redflag::Target target = redflag::examine({REDFLAG_FOUR_THREADS});
  redflag::ForkServer server(target, server_options());
  std::uint64_t seed = 0;
  for (auto _ : state) server.run(any_schedule(++seed));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(fork_server)->Unit(benchmark::kMillisecond)->UseRealTime();

void fresh_processes(benchmark::State& state) {
  const redflag::Target target = redflag::examine({REDFLAG_FOUR_THREADS});
  std::uint64_t seed = 0;
  for (auto _ : state) redflag::ForkServer(target, server_options()).run(any_schedule(++seed));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(fresh_processes)->Unit(benchmark::kMillisecond)->UseRealTime();

// Keeps what the ratios need.
class Reporter final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Aggregate && run.aggregate_name != "median") continue;
      const auto rate = run.counters.find("items_per_second");
      if (rate != run.counters.end()) rates_[run.run_name.function_name] = rate->second.value;
      const auto steps = run.counters.find("steps");
      if (steps != run.counters.end()) steps_ = steps->second.value;
    }
  }

  void print_ratios() {
    const double with = rates_["controlled"];
    const double without = rates_["uncontrolled"];
    fmt::print("in process, executions/s: {:.0f} controlled, {:.0f} uncontrolled, ratio {:.2f}\n",
               with, without, with / without);
    fmt::print("a controlled step: {:.0f} ns ({:.0f} steps an execution)\n", 1e9 / with / steps_,
               steps_);
    fmt::print(
        "whole program, schedules/s: {:.0f} by the fork server, {:.0f} fresh, ratio {:.1f}\n",
        rates_["fork_server"], rates_["fresh_processes"],
        rates_["fork_server"] / rates_["fresh_processes"]);
  }

 private:
  std::map<std::string, double> rates_;
  double steps_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  fs::create_directories(folder);
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print_ratios();
  fs::remove_all(folder);
}
