// expects: abort
// Work that is left out when the lock is taken is counted as done.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int done = 0;

void work() {
  if (mutex.try_lock()) {
    ++done;
    mutex.unlock();
  }
}

int main() {
  std::thread t(work);
  std::thread u(work);
  t.join();
  u.join();
  assert(done == 2);
}
