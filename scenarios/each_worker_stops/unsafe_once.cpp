// The article's remedy for a stop that is called often: std::call_once inside stop(). It runs once
// now, and still when the first worker finishes, while the others need the engine.
#include <redflag/scenario.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr int workers = 4;

class Engine {
 public:
  void process(int task) {
    if (!running_) {
      ++rejected_;
      return;
    }
    results_->at(static_cast<unsigned>(task)) = task;
    ++processed_;
  }
  void stop() {
    std::call_once(stopped_, [this] {
      running_ = false;
      results_.reset();
    });
  }
  redflag::Outcome outcome() const {
    return {{"processed", processed_.load()}, {"rejected", rejected_.load()}};
  }

 private:
  std::once_flag stopped_;
  bool running_ = true;
  std::unique_ptr<std::vector<int>> results_ = std::make_unique<std::vector<int>>(workers);
  std::atomic<int> processed_ = 0;
  std::atomic<int> rejected_ = 0;
};

struct StopGuard {
  Engine& engine;
  ~StopGuard() { engine.stop(); }
};

redflag::Outcome body() {
  Engine engine;
  {
    std::vector<std::jthread> threads;
    for (int task = 0; task < workers; ++task) {
      threads.emplace_back([&engine, task] {
        const StopGuard guard{engine};
        engine.process(task);
      });
    }
  }  // all joined
  return engine.outcome();
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(with_tsan, Kind::data_race, "stop"), must(any_mode, Kind::forbidden_outcome),
               may(Mode::asan, freed_memory), may(with_tsan, reused_memory),
               may(any_mode, memory_corruption)},
    .outcomes = {acceptable("processed=4 rejected=0", "every task was processed"),
                 forbidden("*", "a worker found the engine stopped by another")}};
