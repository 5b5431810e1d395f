// expects: nothing
// The handler is held back while its own thread changes what it looks at.
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
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  left = left - 1;
  sem_post(&tick);
  right = right + 1;
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
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
