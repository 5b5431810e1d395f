// expects: nothing
// Its owner ends without unlocking it: who waits for it is told.
#include <pthread.h>

#include <cassert>
#include <cerrno>

pthread_mutex_t mutex;

void* leave(void*) {
  if (pthread_mutex_lock(&mutex) == EOWNERDEAD) pthread_mutex_consistent(&mutex);
  return nullptr;
}

int main() {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex, &attributes);
  pthread_t t;
  pthread_t u;
  pthread_create(&t, nullptr, leave, nullptr);
  pthread_create(&u, nullptr, leave, nullptr);
  const int locked = pthread_mutex_lock(&mutex);
  assert(locked == 0 || locked == EOWNERDEAD);
  if (locked == EOWNERDEAD) pthread_mutex_consistent(&mutex);
  pthread_mutex_unlock(&mutex);
  pthread_join(t, nullptr);
  pthread_join(u, nullptr);
}
