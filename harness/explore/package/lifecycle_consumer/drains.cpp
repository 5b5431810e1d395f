// Uses every class of the kit; exit code 0 if nothing that was accepted got lost.
#include <redflag/channel.h>
#include <redflag/context.h>
#include <redflag/engine.h>
#include <redflag/rundown.h>
#include <redflag/wait_group.h>

#include <stop_token>
#include <thread>

int main() {
  redflag::Context context;
  redflag::Engine engine(2);
  const std::stop_callback link(context.token(), [&] { engine.request_stop(); });
  redflag::Channel<int> results(10);
  redflag::WaitGroup sent;
  redflag::Rundown rundown;
  engine.start();
  for (int i = 1; i <= 4; ++i) {
    sent.add();
    engine.submit([&, i] {
      const auto guard = sent.adopt();
      if (const auto in_flight = rundown.try_acquire()) results.send(i);
    });
  }
  sent.wait();
  rundown.run_down([&] { results.close(); });
  context.cancel();
  int sum = 0;
  while (const auto result = results.receive()) sum += *result;
  return engine.stop().processed == 4 && sum == 10 ? 0 : 1;
}
