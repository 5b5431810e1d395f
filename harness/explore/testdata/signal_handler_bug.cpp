// expects: abort
// A handler finds what its own thread has only half changed.
#include <pthread.h>
#include <semaphore.h>

#include <cassert>
#include <csignal>

sem_t tick;
volatile std::sig_atomic_t left = 5;
volatile std::sig_atomic_t right = 5;
volatile std::sig_atomic_t handled = 0;

void handle(int) {
  assert(left + right == 10);
  handled = handled + 1;
}

void* work(void*) {
  left = left - 1;
  sem_post(&tick);
  right = right + 1;
  sem_post(&tick);
  return nullptr;
}

int main() {
  sem_init(&tick, 0, 0);
  std::signal(SIGUSR1, handle);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_kill(thread, SIGUSR1);
  pthread_join(thread, nullptr);
}
