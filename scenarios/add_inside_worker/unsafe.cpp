// Each worker counts itself in when it starts. Until it has done so the owner's wait() sees zero
// and returns: the owner reads the result and frees the engine before the workers come.
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
    workers.emplace_back([&finished, engine = engine.get()] {
      finished.add();
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
    .expect = {must(Mode::plain, Kind::forbidden_outcome),
               must(Mode::tsan | Mode::asan, Kind::heap_use_after_free, "process"),
               must(Mode::explore, Kind::heap_use_after_free), may(Mode::asan, freed_memory),
               may(with_tsan, reused_memory), may(any_mode, memory_corruption)},
    .outcomes = {acceptable("processed=4", "the owner waited for every worker"),
                 forbidden("*", "the owner did not wait for every worker")}};
