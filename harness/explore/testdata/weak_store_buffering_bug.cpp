// expects: abort
// Each says that it wants and looks for the other: with release and acquire both may look past the
// other's store. Of x86's and Arm's memory; in every interleaving at least one sees the other.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> wants[2];
std::atomic<int> inside = 0;

void enter(int self) {
  wants[self].store(1, std::memory_order_release);
  if (wants[1 - self].load(std::memory_order_acquire) == 0) {
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
