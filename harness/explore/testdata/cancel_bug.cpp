// expects: deadlock
// Cancels a thread that may sleep with a lock held, and then needs that lock.
#include <pthread.h>
#include <unistd.h>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
int sum = 0;

void* work(void*) {
  pthread_mutex_lock(&mutex);
  ++sum;
  sleep(1);
  pthread_mutex_unlock(&mutex);
  return nullptr;
}

int main() {
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_cancel(thread);
  pthread_mutex_lock(&mutex);
  ++sum;
  pthread_mutex_unlock(&mutex);
  pthread_join(thread, nullptr);
}
