// As unsafe.cpp with a semaphore, which the owner acquires once for each worker and which checks
// nothing. The worker that counts twice makes up for one that still runs: the owner goes on too
// soon.
#include <redflag/scenario.h>

#include <atomic>
#include <memory>
#include <semaphore>
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

using Semaphore = std::counting_semaphore<>;

struct Done {
  Semaphore& finished;
  ~Done() { finished.release(); }
};

void work(Engine& engine, Semaphore& finished, int task) {
  const Done counted{finished};
  if (task == 0) {
    finished.release();
    return;
  }
  engine.process(task);
}

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  Semaphore finished(0);
  std::vector<std::jthread> threads;
  for (int task = 0; task < workers; ++task)
    threads.emplace_back([&, task, engine = engine.get()] { work(*engine, finished, task); });
  for (int i = 0; i < workers; ++i) finished.acquire();
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
    .outcomes = {acceptable("processed=1", "the owner waited for every worker"),
                 forbidden("*", "the owner did not wait for every worker")}};
