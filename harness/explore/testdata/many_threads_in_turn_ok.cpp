// expects: nothing
// Two thousand threads, no more than two at a time.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int sum = 0;

void add() {
  const std::lock_guard lock(mutex);
  ++sum;
}

int main() {
  for (int i = 0; i < 1000; ++i) {
    std::thread t(add);
    std::thread u(add);
    t.join();
    u.join();
  }
  assert(sum == 2000);
}
