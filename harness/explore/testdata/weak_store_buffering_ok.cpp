// expects: nothing
// Each says that it wants and looks for the other, sequentially consistent.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> wants[2];
std::atomic<int> inside = 0;

void enter(int self) {
  wants[self].store(1, std::memory_order_seq_cst);
  if (wants[1 - self].load(std::memory_order_seq_cst) == 0) {
    const int others = inside++;
    assert(others == 0);
  }
}

int main() {
  std::thread t(enter, 0);
  std::thread u(enter, 1);
  t.join();
  u.join();
}
