// expects: abort
// Adds up before all have been waited for.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int sum = 0;

void add(int value) {
  const std::lock_guard lock(mutex);
  sum += value;
}

int total() {
  const std::lock_guard lock(mutex);
  return sum;
}

int main() {
  std::thread t(add, 1);
  std::thread u(add, 2);
  t.join();
  assert(total() == 3);
  u.join();
}
