// The worker waits for a notification, and stop() notifies. If stop() comes first, nobody is there
// to hear it: a condition variable remembers nothing, so the worker waits for ever.
#include <redflag/scenario.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace {

class Engine {
 public:
  void work() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock);
  }
  void stop() {
    const std::scoped_lock lock(mutex_);
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

redflag::Outcome body() {
  Engine engine;
  {
    std::jthread worker([&] { engine.work(); });
    engine.stop();
  }  // joined
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "work"),
               must(Mode::explore, Kind::lost_wakeup, "work")},
    .outcomes = {acceptable("stopped=true", "the worker was told and has left")}};
