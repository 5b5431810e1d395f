// expects: nothing
// One of two keeps a promise: who first says so.
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
    kept = true;
  }
  promise.set_value(value);
}

int main() {
  std::future<int> future = promise.get_future();
  std::thread t(keep, 1);
  std::thread u(keep, 2);
  future.get();
  t.join();
  u.join();
}
