// expects: nothing
// Says that it is there before it looks for the other, with a fence between.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> wants[2];
std::atomic<int> inside = 0;

void enter(int self) {
  wants[self].store(1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  const bool alone = wants[1 - self].load(std::memory_order_relaxed) == 0;
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
