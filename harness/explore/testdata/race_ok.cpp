// expects: nothing
// Says that a value is there when it is.
#include <mutex>
#include <thread>

std::mutex mutex;
bool published = false;
int value = 0;

int main() {
  std::thread t([] {
    const std::lock_guard lock(mutex);
    value = 2;
    published = true;
  });
  int seen = 0;
  {
    const std::lock_guard lock(mutex);
    if (published) seen = value;
  }
  t.join();
  return seen > 2 ? 1 : 0;
}
