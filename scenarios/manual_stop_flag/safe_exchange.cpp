// The flag is read and set in one atomic step: exactly one thread gets the old value "not stopped".
// The others return at once, perhaps before the cleanup is complete (article, section 4.4).
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

class Engine {
 public:
  void stop() {
    if (stopped_.exchange(true)) return;
    cleanup();
  }
  int cleanups() const { return cleanups_; }

 private:
  void cleanup() {
    ++cleanups_;
    connection_.reset();
  }

  std::atomic<bool> stopped_ = false;
  std::unique_ptr<int> connection_ = std::make_unique<int>();
  std::atomic<int> cleanups_ = 0;
};

void stop_all(std::vector<Engine>& engines) {
  for (Engine& engine : engines) engine.stop();
}

redflag::Outcome body() {
  std::vector<Engine> engines(redflag::rounds(1000U));
  {
    std::jthread first([&] { stop_all(engines); });
    std::jthread second([&] { stop_all(engines); });
  }  // both joined
  const bool once = std::ranges::all_of(engines, [](auto& e) { return e.cleanups() == 1; });
  return {{"each_cleaned_up_once", once}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("each_cleaned_up_once=true", "of two stops one cleaned up"),
                 forbidden("each_cleaned_up_once=false", "both cleaned up the same engine")}};
