// A loop that copies chunk after chunk and never looks at its context. stop() cancels the context
// and waits, and the loop copies all the rest first.
#include <redflag/context.h>
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr int chunks = 100;

class Sync {
 public:
  void start() {
    worker_ = std::jthread([this] { run(); });
  }
  /// How many chunks were copied all the same.
  int stop() {
    context_.cancel();
    const int before = copied_;
    worker_.join();
    return copied_ - before;
  }

 private:
  void run() {
    for (int chunk = 0; chunk < chunks; ++chunk) {
      std::ranges::copy(source_, target_.begin());
      ++copied_;
    }
  }

  redflag::Context context_;
  const std::vector<int> source_ = std::vector<int>(1'000);
  std::vector<int> target_ = std::vector<int>(1'000);
  std::atomic<int> copied_ = 0;
  std::jthread worker_;
};

redflag::Outcome body() {
  Sync sync;
  sync.start();
  const int copied_after_cancel = sync.stop();
  return {{"stopped_within_a_chunk", copied_after_cancel <= 1}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("stopped_within_a_chunk=true", "the loop heard the cancellation"),
                 forbidden("stopped_within_a_chunk=false", "it went on copying")}};
