// One thread starts the engine, another stops it. If stop() comes first, start() overwrites what it
// left behind: the stop is lost, and the worker waits for the next one for ever.
#include <redflag/scenario.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  void start() {
    buffer_.resize(1 << 18);
    const std::lock_guard lock(mutex_);
    state_ = State::running;
    worker_ = std::thread([this] { work(); });
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    state_ = State::stopped;
    changed_.notify_one();
  }
  bool join() {  // only when start() and stop() have returned
    const bool started = worker_.joinable();
    if (started) worker_.join();
    return started;
  }

 private:
  enum class State { created, running, stopped };

  void work() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return state_ == State::stopped; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::created;
  std::vector<int> buffer_;
  std::thread worker_;
};

redflag::Outcome body() {
  Engine engine;
  {
    std::jthread starter([&] { engine.start(); });
    engine.stop();
  }  // both have returned
  return {{"started", engine.join()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "join"), must(Mode::explore, Kind::deadlock, "join")},
    .outcomes = {acceptable("started=true", "started, then stopped"),
                 acceptable("started=false", "stopped first, and so never started")}};
