// expects: nothing
// Two threads poll for what a third does under two locks.
#include <atomic>
#include <mutex>
#include <thread>

std::mutex outer, inner;
std::atomic<bool> done = false;

void poll() {
  while (!done) std::this_thread::yield();
}

int main() {
  std::thread t(poll);
  std::thread u(poll);
  {
    const std::lock_guard first(outer);
    const std::lock_guard second(inner);
    done = true;
  }
  t.join();
  u.join();
}
