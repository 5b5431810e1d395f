// expects: nothing
// A minute is enough, unless the other thread is very slow: --early-timeouts.
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable condition;
bool done = false;

int main() {
  std::thread t([] {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    condition.notify_one();
  });
  {
    std::unique_lock lock(mutex);
    const bool in_time = condition.wait_for(lock, std::chrono::minutes(1), [] { return done; });
    assert(in_time);
  }
  t.join();
}
