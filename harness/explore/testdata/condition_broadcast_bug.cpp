// expects: deadlock
// Two wait for the same news, and one is told.
#include <pthread.h>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
bool is_open = false;

void* pass(void*) {
  pthread_mutex_lock(&mutex);
  while (!is_open) pthread_cond_wait(&condition, &mutex);
  pthread_mutex_unlock(&mutex);
  return nullptr;
}

int main() {
  pthread_t threads[2];
  for (pthread_t& thread : threads) pthread_create(&thread, nullptr, pass, nullptr);
  pthread_mutex_lock(&mutex);
  is_open = true;
  pthread_cond_signal(&condition);
  pthread_mutex_unlock(&mutex);
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
}
