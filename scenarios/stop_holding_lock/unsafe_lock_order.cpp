// Two locks, two orders: process() holds the queue and takes the statistics, stop() holds the
// statistics and takes the queue. Each can come to wait for the lock that the other holds.
#include <redflag/scenario.h>

#include <mutex>
#include <thread>
#include <utility>

namespace {

constexpr int tasks = 1000;

class Engine {
 public:
  bool process() {
    const std::lock_guard queue(queue_mutex_);
    const std::lock_guard statistics(statistics_mutex_);
    if (waiting_ == 0) return false;
    --waiting_;
    ++processed_;
    return true;
  }
  void stop() {
    const std::lock_guard statistics(statistics_mutex_);
    const std::lock_guard queue(queue_mutex_);
    dropped_ += std::exchange(waiting_, 0);
  }
  int accounted_for() const { return processed_ + dropped_; }

 private:
  std::mutex queue_mutex_;
  int waiting_ = tasks;
  std::mutex statistics_mutex_;
  int processed_ = 0;
  int dropped_ = 0;
};

redflag::Outcome body() {
  Engine engine;
  {
    std::jthread worker([&] {
      while (engine.process()) {
      }
    });
    std::jthread owner([&] { engine.stop(); });
  }  // both joined
  return {{"accounted_for", engine.accounted_for()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(with_tsan, Kind::lock_order_inversion),
               must(Mode::explore, Kind::deadlock, "stop"), may(stress_modes, Kind::hang)},
    .outcomes = {acceptable("accounted_for=1000", "each task was processed or dropped")}};
