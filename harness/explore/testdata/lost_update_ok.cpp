// expects: nothing
// Two threads add one to a plain counter, under a mutex: its accesses never race, and are no steps.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int counter = 0;

void add() {
  const std::lock_guard lock(mutex);
  ++counter;
}

int main() {
  std::thread other(add);
  add();
  other.join();
  assert(counter == 2);
}
