// expects: nothing
// Work that cannot be done at once is done a little later.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int done = 0;

void work() {
  if (mutex.try_lock()) {
    ++done;
    mutex.unlock();
  } else {
    const std::lock_guard lock(mutex);
    ++done;
  }
}

int main() {
  std::thread t(work);
  std::thread u(work);
  t.join();
  u.join();
  assert(done == 2);
}
