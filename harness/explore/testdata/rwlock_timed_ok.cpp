// expects: nothing
// Reads only under the lock.
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include <cassert>

pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
sem_t read_is_over;
int begun = 0;
int ended = 0;

void* read(void*) {
  timespec limit;
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_sec += 1;
  const bool locked = pthread_rwlock_timedrdlock(&lock, &limit) == 0;
  if (locked) {
    assert(begun == ended);
  }
  if (locked) pthread_rwlock_unlock(&lock);
  sem_post(&read_is_over);
  return nullptr;
}

void* write(void*) {
  pthread_rwlock_wrlock(&lock);
  ++begun;
  sem_wait(&read_is_over);
  ++ended;
  pthread_rwlock_unlock(&lock);
  return nullptr;
}

int main() {
  sem_init(&read_is_over, 0, 0);
  pthread_t writer, reader;
  pthread_create(&writer, nullptr, write, nullptr);
  pthread_create(&reader, nullptr, read, nullptr);
  pthread_join(reader, nullptr);
  pthread_join(writer, nullptr);
}
