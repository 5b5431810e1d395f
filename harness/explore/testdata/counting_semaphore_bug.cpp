// expects: deadlock
// Two permits are needed, and each thread may get one of the two.
#include <mutex>
#include <semaphore>
#include <thread>

std::counting_semaphore<2> permits(2);
std::mutex mutex;
int collected = 0;

void collect() {
  permits.acquire();
  const std::lock_guard lock(mutex);
  ++collected;
}

void work() {
  {
    collect();
    collect();
  }
  permits.release(2);
}

int main() {
  std::thread t(work);
  std::thread u(work);
  t.join();
  u.join();
}
