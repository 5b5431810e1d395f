// expects: nothing
// What is waited for changes under the lock.
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex mutex;
std::mutex flag_mutex;
std::condition_variable_any condition;
bool ready = false;

bool is_ready() {
  const std::lock_guard lock(flag_mutex);
  return ready;
}

void set_ready() {
  const std::lock_guard lock(flag_mutex);
  ready = true;
}

int main() {
  std::thread t([] {
    std::shared_lock lock(mutex);
    while (!is_ready()) condition.wait(lock);
  });
  {
    const std::lock_guard lock(mutex);
    set_ready();
  }
  condition.notify_one();
  t.join();
}
