// expects: abort
// Sleeps for a time that should be enough for the other thread.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

std::mutex mutex;
int value = 0;

int main() {
  std::thread t([] {
    const std::lock_guard lock(mutex);
    value = 1;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  {
    const std::lock_guard lock(mutex);
    assert(value == 1);
  }
  t.join();
}
