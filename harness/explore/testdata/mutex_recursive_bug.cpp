// expects: abort
// A check and what follows from it are locked twice, not once.
#include <cassert>
#include <mutex>
#include <thread>

std::recursive_mutex mutex;
int seats = 1;

bool is_free() {
  const std::lock_guard lock(mutex);
  return seats > 0;
}

void take() {
  const std::lock_guard lock(mutex);
  --seats;
  assert(seats >= 0);
}

void book() {
  if (is_free()) take();
}

int main() {
  std::thread t(book);
  std::thread u(book);
  t.join();
  u.join();
}
