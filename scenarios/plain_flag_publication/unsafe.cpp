// One thread fills a configuration and then raises a plain bool; another waits for the bool and
// reads the configuration. Nothing orders the two: neither the flag nor what it announces.
#include <redflag/scenario.h>

#include <thread>

namespace {

class Publication {
 public:
  void publish(int port) {
    port_ = port;
    ready_ = true;
  }
  int await() const {
    while (!ready_) std::this_thread::yield();
    return port_;
  }

 private:
  int port_ = 0;
  bool ready_ = false;
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
