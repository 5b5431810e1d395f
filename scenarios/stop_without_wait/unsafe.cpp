// stop() closes the channel and returns. The worker still runs: it outlives its engine and touches
// it after it is gone. (Go: close(e.shutdownCh) with no wg.Wait().)
#include <redflag/channel.h>
#include <redflag/scenario.h>

#include <memory>
#include <thread>

namespace {

class Engine {
 public:
  void start() {
    std::thread([this] { work(); }).detach();
  }
  void submit(int task) { tasks_.send(task); }
  bool stop() {
    tasks_.close();
    return true;
  }

 private:
  void work() {
    while (tasks_.receive()) ++processed_;
  }

  redflag::Channel<int> tasks_{8};
  int processed_ = 0;
};

redflag::Outcome body() {
  auto engine = std::make_unique<Engine>();
  engine->start();
  engine->submit(1);
  const bool stopped = engine->stop();
  engine.reset();
  return {{"stopped", stopped}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(Mode::plain | Mode::asan | Mode::explore, Kind::thread_leak),
               must(with_tsan, Kind::data_race), must(Mode::asan, Kind::heap_use_after_free),
               may(Mode::asan, freed_memory), may(with_tsan, reused_memory),
               may(with_tsan, misused_mutex), may(any_mode, memory_corruption)},
    .outcomes = {acceptable("stopped=true", "the engine says that it has stopped")}};
