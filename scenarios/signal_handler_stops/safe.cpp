// SIGTERM is blocked in every thread, and one of them waits for it in sigwait(). So it arrives
// where no lock is held, in ordinary code, which may cancel the context.
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

void stop_on(const sigset_t& signals, Engine& engine) {
  int signal = 0;
  if (::sigwait(&signals, &signal) == 0) engine.stop();
}

redflag::Outcome body() {
  Engine engine;
  sigset_t signals;
  sigset_t before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, &before);  // the threads made below inherit it
  {
    const std::jthread watcher([&] { stop_on(signals, engine); });
    const std::jthread supervisor([] { ::kill(::getpid(), SIGTERM); });
    engine.process();
  }  // joined
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return {{"stopped", engine.stopped()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("stopped=true", "the signal stopped the engine")}};
