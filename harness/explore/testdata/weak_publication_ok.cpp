// expects: nothing
// As weak_publication_bug, by a release that another thread's relaxed update carries on, and
// fences.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> value = 0;
std::atomic<int> bits = 0;

void publish() {
  value.store(1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  bits.fetch_or(1, std::memory_order_relaxed);
}

int main() {
  std::thread t(publish);
  std::thread u([] { bits.fetch_or(2, std::memory_order_relaxed); });
  while (bits.load(std::memory_order_relaxed) != 3) std::this_thread::yield();
  std::atomic_thread_fence(std::memory_order_acquire);
  assert(value.load(std::memory_order_relaxed) == 1);
  t.join();
  u.join();
}
