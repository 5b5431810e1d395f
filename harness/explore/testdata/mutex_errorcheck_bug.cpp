// expects: abort
// Unlocks whether or not it had locked: the mutex says so, and nobody is to be told.
#include <pthread.h>

#include <cassert>

pthread_mutex_t mutex;

void* work(void*) {
  const bool mine = pthread_mutex_trylock(&mutex) == 0;
  if (mine) {
    const int again = pthread_mutex_lock(&mutex);
    assert(again != 0);
  }
  const int error = pthread_mutex_unlock(&mutex);
  assert(error == 0);
  return nullptr;
}

int main() {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&mutex, &attributes);
  pthread_t threads[2];
  for (pthread_t& thread : threads) pthread_create(&thread, nullptr, work, nullptr);
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
  pthread_mutex_destroy(&mutex);
}
