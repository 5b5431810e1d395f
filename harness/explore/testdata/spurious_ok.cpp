// expects: nothing
// Waits once and counts on having been woken by somebody. That is a mistake, but only a condition
// that wakes by itself shows it.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
bool ready = false;

int main() {
  std::unique_lock lock(mutex);
  std::thread other([] {
    const std::lock_guard guard(mutex);
    ready = true;
    changed.notify_one();
  });
  changed.wait(lock);
  assert(ready);
  lock.unlock();
  other.join();
}
