// expects: nothing
// Threads that wait for what never comes are cancelled, and leave nothing locked. One that does not
// heed it ends by itself. (Without the explorer GCC's ThreadSanitizer objects to the cancelled join.)
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include <cassert>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
sem_t never;
int cleaned = 0;

void* heed_nothing(void*) {
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  sleep(1);
  return &mutex;
}

// At the end of a thread that was cancelled it waits for another.
struct Cleaned {
  Cleaned() { pthread_create(&other, nullptr, heed_nothing, nullptr); }
  ~Cleaned() {
    void* result = nullptr;
    pthread_join(other, &result);
    if (result == &mutex) ++cleaned;
  }
  pthread_t other;
};

void unlock(void*) { pthread_mutex_unlock(&mutex); }

void* wait_on_condition(void*) {
  pthread_mutex_lock(&mutex);
  const Cleaned last;
  pthread_cleanup_push(unlock, nullptr);
  for (;;) pthread_cond_wait(&condition, &mutex);
  pthread_cleanup_pop(1);
  return nullptr;
}

void* wait_on_semaphore(void*) {
  sem_wait(&never);
  return nullptr;
}

void* sleep_long(void*) {
  for (;;) sleep(1000);
  return nullptr;
}

void* wait_for_other(void* other) {
  pthread_join(*static_cast<pthread_t*>(other), nullptr);
  return nullptr;
}

pthread_t start(void* (*routine)(void*), void* argument = nullptr) {
  pthread_t thread;
  if (pthread_create(&thread, nullptr, routine, argument) != 0) _exit(1);
  return thread;
}

void* end(pthread_t thread) {
  void* result = nullptr;
  pthread_cancel(thread);
  pthread_join(thread, &result);
  return result;
}

int main() {
  sem_init(&never, 0, 0);
  assert(end(start(wait_on_condition)) == PTHREAD_CANCELED);
  pthread_mutex_lock(&mutex);
  assert(cleaned == 1);
  pthread_mutex_unlock(&mutex);
  assert(end(start(wait_on_semaphore)) == PTHREAD_CANCELED);
  pthread_t sleeper = start(sleep_long);
  assert(end(start(wait_for_other, &sleeper)) == PTHREAD_CANCELED);
  assert(end(sleeper) == PTHREAD_CANCELED);
  void* const result = end(start(heed_nothing));
  assert(result == &mutex || result == PTHREAD_CANCELED);
}
