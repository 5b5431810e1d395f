// A listener waits for the next event, and for nothing else. stop() asks it to stop, which it
// cannot hear, and waits for it.
#include <redflag/scenario.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace {

class Listener {
 public:
  void start() {
    thread_ = std::jthread([this] { listen(); });
  }
  void publish(int event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(event);
    changed_.notify_one();
  }
  void stop() {
    thread_.request_stop();
    thread_.join();
  }

 private:
  void listen() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return !events_.empty(); });
      events_.pop_front();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<int> events_;
  std::jthread thread_;
};

redflag::Outcome body() {
  Listener listener;
  listener.start();
  listener.publish(1);
  listener.stop();
  return {{"stopped", true}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(stress_modes, Kind::hang, "stop"), must(Mode::explore, Kind::deadlock, "stop")},
    .outcomes = {acceptable("stopped=true", "the listener has left")}};
