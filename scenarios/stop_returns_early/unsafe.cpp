// The article's shutdown: an atomic exchange lets one caller clean up, and every other caller
// returns at once, while the first is still at it. The owner takes the return for the end of the
// stop and frees the log that the cleanup writes.
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t unfinished = 10;

class Engine {
 public:
  void stop() {
    if (stopped_.exchange(true)) return;
    cleanup();
  }
  // Only after stop(). How many tasks the log names.
  std::size_t close_log() {
    const std::size_t size = log_->size();
    log_.reset();
    return size;
  }

 private:
  void cleanup() {
    for (std::size_t task = 0; task < unfinished; ++task) log_->push_back(task);
  }

  std::atomic<bool> stopped_ = false;
  std::unique_ptr<std::vector<std::size_t>> log_ = std::make_unique<std::vector<std::size_t>>();
};

redflag::Outcome body() {
  std::vector<Engine> engines(redflag::rounds(100U));
  bool complete = true;
  {
    std::jthread watchdog([&] { std::ranges::for_each(engines, &Engine::stop); });
    std::jthread owner([&] {
      for (Engine& engine : engines) {
        engine.stop();
        complete = engine.close_log() == unfinished && complete;
      }
    });
  }  // both joined
  return {{"logs_complete", complete}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(with_tsan, Kind::data_race, "cleanup"),
               must(Mode::asan, Kind::heap_use_after_free), may(Mode::asan, freed_memory),
               may(with_tsan, reused_memory), may(any_mode, memory_corruption)},
    .outcomes = {acceptable("logs_complete=true", "each log names all unfinished tasks"),
                 forbidden("logs_complete=false", "stop() returned before the log was written")}};
