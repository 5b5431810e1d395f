// expects: nothing
// Two wait for one value, and both are told of it.
#include <atomic>
#include <thread>

std::atomic<int> open = 0;

int main() {
  std::thread t([] { open.wait(0); });
  std::thread u([] { open.wait(0); });
  open = 1;
  open.notify_all();
  t.join();
  u.join();
}
