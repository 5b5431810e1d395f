// expects: nothing
// Two wait for one value, and both are told of it.
#include <atomic>
#include <mutex>
#include <thread>

std::atomic<int> gate = 0;
std::mutex mutex;
int prepared = 0;

int main() {
  std::thread t([] { gate.wait(0); });
  std::thread u([] { gate.wait(0); });
  for (int i = 0; i < 20; ++i) {
    const std::lock_guard lock(mutex);
    ++prepared;
  }
  gate = 1;
  gate.notify_all();
  t.join();
  u.join();
}
