// expects: nothing
// Two permits are needed: only one thread at a time collects them.
#include <mutex>
#include <semaphore>
#include <thread>

std::counting_semaphore<2> permits(2);
std::mutex mutex;
int collected = 0;
std::mutex collecting;

void collect() {
  permits.acquire();
  const std::lock_guard lock(mutex);
  ++collected;
}

void work() {
  {
    const std::lock_guard lock(collecting);
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
