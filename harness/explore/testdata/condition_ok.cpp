// expects: nothing
// Waits until what the signal tells is so.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable condition;
bool ready = false;

int main() {
  std::thread t([] {
    std::unique_lock lock(mutex);
    while (!ready) condition.wait(lock);
  });
  {
    const std::lock_guard lock(mutex);
    ready = true;
  }
  condition.notify_one();
  t.join();
}
