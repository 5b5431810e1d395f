// expects: abort
// All threads are given the address of one variable.
#include <pthread.h>

#include <cassert>
#include <mutex>

std::mutex mutex;
int seen[3];

void* work(void* argument) {
  const std::lock_guard lock(mutex);
  ++seen[*static_cast<int*>(argument)];
  return nullptr;
}

int main() {
  pthread_t threads[3];
  int numbers[3];
  for (int i = 0; i < 3; ++i) {
    {
      const std::lock_guard lock(mutex);
      numbers[0] = i;
    }
    pthread_create(&threads[i], nullptr, work, &numbers[0]);
  }
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
  for (int times : seen) assert(times == 1);
}
