// expects: deadlock
// Two readers that both want to write, and wait for the other to stop reading.
#include <pthread.h>

#include <cassert>

pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int value = 0;

void* work(void*) {
  pthread_rwlock_rdlock(&lock);
  const bool empty = value == 0;
  if (empty) {
    pthread_rwlock_wrlock(&lock);
    value = 1;
    pthread_rwlock_unlock(&lock);
  }
  pthread_rwlock_unlock(&lock);
  return nullptr;
}

void* write(void*) {
  pthread_rwlock_wrlock(&lock);
  value = 1;
  pthread_rwlock_unlock(&lock);
  return nullptr;
}

int main() {
  pthread_t writer, reader;
  pthread_create(&writer, nullptr, write, nullptr);
  pthread_create(&reader, nullptr, work, nullptr);
  pthread_join(reader, nullptr);
  pthread_join(writer, nullptr);
}
