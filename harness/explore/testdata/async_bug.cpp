// expects: abort
// Takes the sum when one of two tasks is over.
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
  const int total = change(0);
  assert(total == 3);
}
