// expects: nothing
// Takes the sum when both tasks are over.
#include <cassert>
#include <future>
#include <mutex>

std::mutex mutex;
int sum = 0;

int change(int by) {
  const std::lock_guard lock(mutex);
  return sum += by;
}

int main() {
  std::future<void> one = std::async(std::launch::async, [] { change(1); });
  std::future<void> two = std::async(std::launch::async, [] { change(2); });
  one.get();
  two.get();
  const int total = change(0);
  assert(total == 3);
}
