// stop() sets a flag under the lock and notifies. The worker waits for the flag, not for the
// notification: it does not matter which of the two comes first.
#include <redflag/scenario.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace {

class Engine {
 public:
  void work() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_; });
  }
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
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
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the worker was told and has left")}};
