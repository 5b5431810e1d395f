// One thread owns the engine alone, so its scope guard may stop it: the table's first row.
#include <redflag/scenario.h>

#include <atomic>
#include <memory>
#include <vector>

namespace {

constexpr int tasks = 4;

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
    running_ = false;
    results_.reset();
  }
  redflag::Outcome outcome() const {
    return {{"processed", processed_.load()}, {"rejected", rejected_.load()}};
  }

 private:
  bool running_ = true;
  std::unique_ptr<std::vector<int>> results_ = std::make_unique<std::vector<int>>(tasks);
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
    const StopGuard guard{engine};
    for (int task = 0; task < tasks; ++task) engine.process(task);
  }  // stopped
  return engine.outcome();
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("processed=4 rejected=0", "every task was processed"),
                 forbidden("*", "a worker found the engine stopped by another")}};
