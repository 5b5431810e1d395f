// The configuration is replaced while a worker runs. The pointer to the current version is atomic,
// so the worker gets a valid one; then publish() frees the version that the worker still reads.
#include <redflag/scenario.h>

#include <algorithm>
#include <atomic>
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
  ~Engine() { delete current_.load(); }
  void publish(int version) { delete current_.exchange(new Configuration(version)); }
  bool work(int last_version) const {
    while (true) {
      const Configuration* const configuration = current_.load();
      if (!configuration->consistent()) return false;
      if (configuration->version == last_version) return true;
    }
  }

 private:
  std::atomic<const Configuration*> current_ = new Configuration(0);
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
    .expect = {must(with_tsan, Kind::data_race, "consistent"),
               must(Mode::asan, Kind::heap_use_after_free, "consistent"),
               may(Mode::asan, freed_memory), may(with_tsan, reused_memory),
               may(any_mode, memory_corruption)},
    .outcomes = {acceptable("consistent=true", "every version was read as it was published"),
                 forbidden("consistent=false", "a version changed under its reader")}};
