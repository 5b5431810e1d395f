// expects: data-race
// Says that a value is there before it is.
#include <mutex>
#include <thread>

std::mutex mutex;
bool published = false;
int value = 0;

bool is_published() {
  const std::lock_guard lock(mutex);
  return published;
}

int main() {
  std::thread t([] {
    {
      const std::lock_guard lock(mutex);
      published = true;
    }
    value = 2;  // too late
  });
  int seen = 0;
  if (is_published()) seen = value;
  t.join();
  return seen > 2 ? 1 : 0;
}
