// expects: deadlock
// What is waited for changes without the lock, between a look and the wait.
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
  { set_ready(); }
  condition.notify_one();
  t.join();
}
