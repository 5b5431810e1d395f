// Says that it is safe, and is so only as long as no wait ends by itself and no time-out comes
// early: no search finds more without those.
#include <redflag/scenario.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace {

redflag::Outcome body() {
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  bool woken_for_nothing = false;
  bool in_time = false;
  {
    std::jthread hasty([&] {
      std::unique_lock lock(mutex);
      if (!ready) changed.wait(lock);  // should be: while
      woken_for_nothing = !ready;
    });
    std::jthread patient([&] {
      std::unique_lock lock(mutex);
      in_time = changed.wait_for(lock, std::chrono::hours(1), [&] { return ready; });
    });
    const std::lock_guard lock(mutex);
    ready = true;
    changed.notify_all();
  }  // both joined
  return {{"woken_for_nothing", woken_for_nothing}, {"in_time", in_time}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("woken_for_nothing=false in_time=true", "as it should be"),
                 forbidden("woken_for_nothing=true*", "a wait ended by itself"),
                 forbidden("*in_time=false", "the time was over early")}};
