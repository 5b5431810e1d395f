// The worker holds a share of the version that it reads. publish() gives up the engine's share, and
// the last one to give up its own frees the version.
#include <redflag/scenario.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace {

struct Configuration {
  explicit Configuration(int number) : version(number), limits(1000, number) {}
  bool consistent() const { return std::ranges::count(limits, version) == 1000; }
  int version;
  std::vector<int> limits;
};

class Engine {
 public:
  void publish(int version) {
    auto next = std::make_shared<const Configuration>(version);
    const std::lock_guard lock(mutex_);
    current_.swap(next);
  }
  bool work(int last_version) const {
    while (true) {
      const std::shared_ptr<const Configuration> configuration = current();
      if (!configuration->consistent()) return false;
      if (configuration->version == last_version) return true;
    }
  }

 private:
  std::shared_ptr<const Configuration> current() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const Configuration> current_ = std::make_shared<const Configuration>(0);
};

redflag::Outcome body() {
  const int last_version = redflag::rounds(100);
  Engine engine;
  bool consistent = false;
  {
    std::jthread worker([&] { consistent = engine.work(last_version); });
    std::jthread owner([&] {
      for (int version = 1; version <= last_version; ++version) engine.publish(version);
    });
  }  // both joined
  return {{"consistent", consistent}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("consistent=true", "every version was read as it was published"),
                 forbidden("consistent=false", "a version changed under its reader")}};
