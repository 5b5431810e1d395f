// expects: deadlock
// A signal that comes between the look and the wait is missed.
#include <poll.h>
#include <pthread.h>

#include <atomic>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <ctime>

std::atomic<bool> handled = false;

void handle(int) { handled = true; }

void* work(void*) {
  sigset_t own;
  pthread_sigmask(SIG_BLOCK, nullptr, &own);
  sigdelset(&own, SIGUSR1);
  pthread_sigmask(SIG_SETMASK, &own, nullptr);
  while (!handled) {
    const int ready = ppoll(nullptr, 0, nullptr, nullptr);
    assert(ready == -1 && errno == EINTR);
  }
  return nullptr;
}

int main() {
  struct sigaction action = {};
  action.sa_handler = handle;
  sigaction(SIGUSR1, &action, nullptr);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_kill(thread, SIGUSR1);
  pthread_join(thread, nullptr);
}
