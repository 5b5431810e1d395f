// As unsafe.cpp, but the flag is a relaxed atomic. The flag itself is now free of races; what it
// announces is not: a relaxed store orders nothing but itself.
#include <redflag/scenario.h>

#include <atomic>
#include <thread>

namespace {

class Publication {
 public:
  void publish(int port) {
    port_ = port;
    ready_.store(true, std::memory_order_relaxed);
  }
  int await() const {
    while (!ready_.load(std::memory_order_relaxed)) std::this_thread::yield();
    return port_;
  }

 private:
  int port_ = 0;
  std::atomic<bool> ready_ = false;
};

redflag::Outcome body() {
  Publication publication;
  int seen = 0;
  {
    std::jthread reader([&] { seen = publication.await(); });
    std::jthread writer([&] { publication.publish(8080); });
  }  // both joined
  return {{"port", seen}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(with_tsan, Kind::data_race, "publish"), may(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("port=8080", "the reader saw what was published"),
                 forbidden("port=0", "the flag came before the value that it announces")}};
