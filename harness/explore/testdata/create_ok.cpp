// expects: nothing
// Each thread is given a variable of its own.
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
      numbers[i] = i;
    }
    pthread_create(&threads[i], nullptr, work, &numbers[i]);
  }
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
  for (int times : seen) assert(times == 1);
}
