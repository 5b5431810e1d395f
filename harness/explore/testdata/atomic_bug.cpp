// expects: abort
// Adds by reading and then writing.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> count = 0;

void add() { count = count + 1; }

int main() {
  std::thread t(add);
  std::thread u(add);
  t.join();
  u.join();
  assert(count == 2);
}
