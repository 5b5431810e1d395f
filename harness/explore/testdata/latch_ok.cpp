// expects: nothing
// Says that it is done when it is.
#include <cassert>
#include <latch>
#include <mutex>
#include <thread>

std::latch done(2);
std::mutex mutex;
int sum = 0;

int change(int by) {
  const std::lock_guard lock(mutex);
  return sum += by;
}

void work(int value) {
  change(value);
  done.count_down();
}

int main() {
  std::thread t(work, 1);
  std::thread u(work, 2);
  done.wait();
  const int total = change(0);
  assert(total == 3);
  t.join();
  u.join();
}
