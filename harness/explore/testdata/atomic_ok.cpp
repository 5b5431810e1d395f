// expects: nothing
// Adds in one step.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> count = 0;

void add() { ++count; }

int main() {
  std::thread t(add);
  std::thread u(add);
  t.join();
  u.join();
  assert(count == 2);
}
