// expects: nothing
// A handler gives the token that its own thread waits for.
#include <pthread.h>
#include <semaphore.h>

#include <csignal>

sem_t token;
sem_t ready;

void handle(int) { sem_post(&token); }

void* work(void*) {
  sem_post(&ready);
  while (sem_wait(&token) != 0) {
  }
  return nullptr;
}

int main() {
  sem_init(&token, 0, 0);
  sem_init(&ready, 0, 0);
  struct sigaction action = {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  sem_wait(&ready);
  pthread_kill(thread, SIGUSR1);
  pthread_join(thread, nullptr);
}
