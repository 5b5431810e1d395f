// expects: deadlock
// A handler takes the token that its own thread is about to wait for.
#include <pthread.h>
#include <semaphore.h>

#include <csignal>

sem_t token;
sem_t ready;

void handle(int) { sem_trywait(&token); }

void* work(void*) {
  sem_post(&ready);
  sem_wait(&token);
  return nullptr;
}

int main() {
  sem_init(&token, 0, 1);
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
