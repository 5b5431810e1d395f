// expects: deadlock
// Two wait for one value, and one is told of it.
#include <atomic>
#include <thread>

std::atomic<int> open = 0;

int main() {
  std::thread t([] { open.wait(0); });
  std::thread u([] { open.wait(0); });
  open = 1;
  open.notify_one();
  t.join();
  u.join();
}
