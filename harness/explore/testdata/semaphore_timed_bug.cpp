// expects: abort
// A token that did not come in time is spent.
#include <semaphore.h>
#include <time.h>

#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

sem_t tokens;
std::mutex mutex;
int held = 0;

int change(int by) {
  const std::lock_guard lock(mutex);
  held += by;
  return held;
}

void work() {
  timespec limit;
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_nsec = 0;
  limit.tv_sec += 1;
  const bool got = sem_timedwait(&tokens, &limit) == 0;
  static_cast<void>(got);
  const int now = change(1);
  assert(now == 1);
  std::this_thread::sleep_for(std::chrono::seconds(2));  // what it does with it
  change(-1);
  sem_post(&tokens);
}

int main() {
  sem_init(&tokens, 0, 1);
  std::thread t(work);
  std::thread u(work);
  t.join();
  u.join();
  sem_destroy(&tokens);
}
