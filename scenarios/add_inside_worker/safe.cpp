// The owner counts a worker in before it starts it, so wait() cannot see zero before all are done.
#include <redflag/scenario.h>
#include <redflag/wait_group.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  void process() { ++processed_; }
  int processed() const { return processed_; }

 private:
  std::atomic<int> processed_ = 0;
};

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  redflag::WaitGroup finished;
  std::vector<std::jthread> workers;
  for (int i = 0; i < 4; ++i) {
    finished.add();
    workers.emplace_back([&finished, engine = engine.get()] {
      engine->process();
      finished.done();
    });
  }
  finished.wait();
  const int processed = engine->processed();
  engine.reset();
  return {{"processed", processed}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("processed=4", "the owner waited for every worker"),
                 forbidden("*", "the owner did not wait for every worker")}};
