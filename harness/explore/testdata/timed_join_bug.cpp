// expects: abort
// Takes the result of a thread that was not over in time.
#include <pthread.h>
#include <time.h>

#include <cassert>
#include <mutex>

std::mutex mutex;
int result = 0;

void* work(void*) {
  const timespec while_working = {1, 500};
  nanosleep(&while_working, nullptr);
  const std::lock_guard lock(mutex);
  result = 7;
  return nullptr;
}

int main() {
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  timespec limit;
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_sec += 1;
  const bool joined = pthread_timedjoin_np(thread, nullptr, &limit) == 0;
  {
    const std::lock_guard lock(mutex);
    assert(result == 7);
  }
  if (!joined) pthread_join(thread, nullptr);
}
