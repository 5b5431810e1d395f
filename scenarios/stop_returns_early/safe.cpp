// std::call_once: one caller cleans up, and every other caller waits until that is done. So whoever
// returns from stop() may free what the cleanup uses.
#include <redflag/scenario.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t unfinished = 10;

class Engine {
 public:
  void stop() {
    std::call_once(stopped_, [this] { cleanup(); });
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

  std::once_flag stopped_;
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
    .expect = {},
    .outcomes = {acceptable("logs_complete=true", "each log names all unfinished tasks"),
                 forbidden("logs_complete=false", "stop() returned before the log was written")}};
