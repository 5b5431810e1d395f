// expects: deadlock
// Two mutexes, locked in different orders.
#include <mutex>
#include <thread>

std::mutex a, b;
int shared = 0;

void one() {
  const std::lock_guard first(a);
  const std::lock_guard second(b);
  ++shared;
}

void other() {
  const std::lock_guard first(b);
  const std::lock_guard second(a);
  ++shared;
}

int main() {
  std::thread t(one);
  std::thread u(other);
  t.join();
  u.join();
}
