// expects: abort
// Two keep one promise, if both see that it is not kept yet.
#include <future>
#include <mutex>
#include <thread>

std::promise<int> promise;
std::mutex mutex;
bool kept = false;

void keep(int value) {
  {
    const std::lock_guard lock(mutex);
    if (kept) return;
  }
  promise.set_value(value);
  const std::lock_guard lock(mutex);
  kept = true;
}

int main() {
  std::future<int> future = promise.get_future();
  std::thread t(keep, 1);
  std::thread u(keep, 2);
  future.get();
  t.join();
  u.join();
}
