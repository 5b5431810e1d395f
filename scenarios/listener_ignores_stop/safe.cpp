// The listener waits for the next event or for the stop token, whichever comes first.
#include <redflag/scenario.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace {

class Listener {
 public:
  void start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
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
  void listen(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !events_.empty(); })) {
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
    .body = body, .expect = {}, .outcomes = {acceptable("stopped=true", "the listener has left")}};
