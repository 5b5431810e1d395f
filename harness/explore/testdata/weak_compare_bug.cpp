// expects: abort
// A compare_exchange_weak() without a loop: it may fail by itself.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> value = 0;

int main() {
  std::thread t([] {
    int expected = 0;
    value.compare_exchange_weak(expected, 1);
  });
  t.join();
  assert(value == 1);
}
