// expects: nothing
// Two permits are needed: only one thread at a time collects them.
#include <mutex>
#include <semaphore>
#include <thread>

std::counting_semaphore<2> permits(2);
std::mutex collecting;

void work() {
  {
    const std::lock_guard lock(collecting);
    permits.acquire();
    permits.acquire();
  }
  permits.release(2);
}

int main() {
  std::thread t(work);
  std::thread u(work);
  t.join();
  u.join();
}
