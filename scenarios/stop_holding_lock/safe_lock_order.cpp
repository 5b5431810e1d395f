// Two locks, one order: both functions take the queue before the statistics, so whoever holds the
// statistics waits for nobody.
#include <redflag/scenario.h>

#include <mutex>
#include <thread>
#include <utility>

namespace {

class Engine {
 public:
  explicit Engine(int tasks) : waiting_(tasks) {}
  bool process() {
    const std::lock_guard queue(queue_mutex_);
    const std::lock_guard statistics(statistics_mutex_);
    if (waiting_ == 0) return false;
    --waiting_;
    ++processed_;
    return true;
  }
  void stop() {
    const std::lock_guard queue(queue_mutex_);
    const std::lock_guard statistics(statistics_mutex_);
    dropped_ += std::exchange(waiting_, 0);
  }
  int accounted_for() const { return processed_ + dropped_; }

 private:
  std::mutex queue_mutex_;
  int waiting_;
  std::mutex statistics_mutex_;
  int processed_ = 0;
  int dropped_ = 0;
};

redflag::Outcome body() {
  const int tasks = redflag::rounds(1000);
  Engine engine(tasks);
  {
    std::jthread worker([&] {
      while (engine.process()) {
      }
    });
    std::jthread owner([&] { engine.stop(); });
  }  // both joined
  return {{"all_accounted_for", engine.accounted_for() == tasks}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("all_accounted_for=true", "each task was processed or dropped")}};
