// expects: nothing
// As weak_publication_bug, with a store that releases what comes before it.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> value = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread t([] {
    value.store(1, std::memory_order_relaxed);
    ready.store(true, std::memory_order_release);
  });
  while (!ready.load(std::memory_order_acquire)) std::this_thread::yield();
  assert(value.load(std::memory_order_relaxed) == 1);
  t.join();
}
