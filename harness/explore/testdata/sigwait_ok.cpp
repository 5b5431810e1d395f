// expects: nothing
// The signal is held back before there is a thread to send it to.
#include <pthread.h>

#include <cassert>
#include <csignal>

sigset_t set;

void* work(void*) {
  int signal = 0;
  sigwait(&set, &signal);
  assert(signal == SIGUSR1);
  return nullptr;
}

int main() {
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_kill(thread, SIGUSR1);
  pthread_join(thread, nullptr);
}
