// A worker with an empty task calls done() by hand and leaves, and its guard calls done() again.
// The count reaches zero while another worker still runs; one done() finds no count left and
// throws.
#include <redflag/scenario.h>
#include <redflag/wait_group.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

constexpr int workers = 2;

class Engine {
 public:
  void process(int task) { processed_ += task; }
  int processed() const { return processed_; }

 private:
  std::atomic<int> processed_ = 0;
};

void work(Engine& engine, redflag::WaitGroup& finished, int task) {
  const auto counted = finished.adopt();  // Go: defer wg.Done()
  if (task == 0) {
    finished.done();
    return;
  }
  engine.process(task);
}

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  redflag::WaitGroup finished;
  finished.add(workers);
  std::vector<std::jthread> threads;
  for (int task = 0; task < workers; ++task)
    threads.emplace_back([&, task, engine = engine.get()] { work(*engine, finished, task); });
  finished.wait();
  const int processed = engine->processed();
  engine.reset();
  return {{"processed", processed}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::uncaught_exception, "work"), may(Mode::asan, freed_memory),
               may(with_tsan, reused_memory), may(any_mode, memory_corruption)},
    .outcomes = {acceptable("processed=1", "the owner waited for every worker"),
                 forbidden("*", "the owner did not wait for every worker")}};
