// expects: abort
// A lock that was given up for lack of time is taken for a lock.
#include <pthread.h>
#include <time.h>

#include <cassert>

pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
int owners_of_b = 0;

bool lock_b_in_time() {
  timespec limit;
  clock_gettime(CLOCK_MONOTONIC, &limit);
  limit.tv_sec += 1;
  return pthread_mutex_clocklock(&b, CLOCK_MONOTONIC, &limit) == 0;
}

void* one(void*) {
  pthread_mutex_lock(&a);
  lock_b_in_time();
  ++owners_of_b;
  assert(owners_of_b == 1);
  --owners_of_b;
  pthread_mutex_unlock(&b);
  pthread_mutex_unlock(&a);
  return nullptr;
}

void* other(void*) {
  pthread_mutex_lock(&b);
  ++owners_of_b;
  pthread_mutex_lock(&a);
  pthread_mutex_unlock(&a);
  --owners_of_b;
  pthread_mutex_unlock(&b);
  return nullptr;
}

int main() {
  pthread_t t, u;
  pthread_create(&t, nullptr, one, nullptr);
  pthread_create(&u, nullptr, other, nullptr);
  pthread_join(t, nullptr);
  pthread_join(u, nullptr);
}
