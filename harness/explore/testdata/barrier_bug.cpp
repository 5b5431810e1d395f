// expects: abort
// Reads what the others have counted before all of them have.
#include <pthread.h>

#include <cassert>
#include <mutex>

pthread_barrier_t barrier;
std::mutex mutex;
int counted = 0;
int leaders = 0;

int count(int more) {
  const std::lock_guard lock(mutex);
  return counted += more;
}

void* work(void*) {
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) ++leaders;
  count(1);
  assert(count(0) == 3);
  return nullptr;
}

int main() {
  pthread_barrier_init(&barrier, nullptr, 3);
  pthread_t threads[3];
  for (pthread_t& thread : threads) pthread_create(&thread, nullptr, work, nullptr);
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
  assert(leaders == 1);
  pthread_barrier_destroy(&barrier);
}
