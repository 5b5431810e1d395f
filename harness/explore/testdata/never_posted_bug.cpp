// expects: deadlock
// Waits for what nobody ever gives: in every schedule, and without one.
#include <semaphore>
#include <thread>

std::binary_semaphore semaphore(0);

void take() { semaphore.acquire(); }

int main() {
  std::thread t(take);
  t.join();
}
