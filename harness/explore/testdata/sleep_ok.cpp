// expects: nothing
// Waits for the other thread, however long it takes.
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
  t.join();
  {
    const std::lock_guard lock(mutex);
    assert(value == 1);
  }
}
