// expects: deadlock
// Waits for a signal that may have been given before.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable condition;
bool ready = false;

int main() {
  std::thread t([] {
    std::unique_lock lock(mutex);
    condition.wait(lock);
  });
  {
    const std::lock_guard lock(mutex);
    ready = true;
  }
  condition.notify_one();
  t.join();
}
