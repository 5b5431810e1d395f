// expects: deadlock
// Two permits are needed, and each thread may get one of the two.
#include <semaphore>
#include <thread>

std::counting_semaphore<2> permits(2);

void work() {
  {
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
