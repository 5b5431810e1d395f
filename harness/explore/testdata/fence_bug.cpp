// expects: abort
// Looks for the other before it says that it is there: a fence does not help.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> wants[2];
std::atomic<int> inside = 0;

void enter(int self) {
  const bool alone = wants[1 - self].load(std::memory_order_relaxed) == 0;
  std::atomic_thread_fence(std::memory_order_seq_cst);
  wants[self].store(1, std::memory_order_relaxed);
  if (alone) {
    const int others = inside++;
    assert(others == 0);
    --inside;
  }
  wants[self].store(0, std::memory_order_release);
}

int main() {
  std::thread t(enter, 0);
  std::thread u(enter, 1);
  t.join();
  u.join();
}
