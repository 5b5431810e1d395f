// expects: abort
// The flag is stored relaxed: who sees it may not see what was stored before it. All are atomics,
// so there is no data race that ThreadSanitizer could tell of.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> value = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread t([] {
    value.store(1, std::memory_order_relaxed);
    ready.store(true, std::memory_order_relaxed);
  });
  while (!ready.load(std::memory_order_acquire)) std::this_thread::yield();
  assert(value.load(std::memory_order_relaxed) == 1);
  t.join();
}
