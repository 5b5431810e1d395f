// SIGTERM's handler cancels the engine's context. A handler runs in the middle of whatever its
// thread does: cancel() then locks a mutex that this very thread may hold, and allocates inside
// malloc.
#include <redflag/context.h>
#include <redflag/scenario.h>

#include <csignal>
#include <thread>

#include <unistd.h>

namespace {

class Engine {
 public:
  void process() {
    for (int task = 0; task < 1000 && !context_.done(); ++task) ++processed_;
  }
  void stop() { context_.cancel("terminated by SIGTERM"); }
  bool stopped() const { return context_.done(); }

 private:
  redflag::Context context_;
  int processed_ = 0;
};

Engine* running = nullptr;
void on_signal(int) { running->stop(); }

redflag::Outcome body() {
  Engine engine;
  running = &engine;
  const auto before = std::signal(SIGTERM, on_signal);
  {
    const std::jthread supervisor([] { ::kill(::getpid(), SIGTERM); });
    engine.process();
  }  // joined
  std::signal(SIGTERM, before);
  return {{"stopped", engine.stopped()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(Mode::tsan, Kind::signal_unsafe_call, "stop"),
               must(Mode::explore, Kind::signal_unsafe_call),
               must(Mode::plain | Mode::asan, Kind::hang, "cancel"),
               may(Mode::tsan, Kind::hang, "cancel"),
               must(Mode::explore, Kind::deadlock, "cancel")},
    .outcomes = {acceptable("stopped=true", "the signal stopped the engine")}};
