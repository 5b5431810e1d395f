// expects: deadlock
// The thread for signals waits for one that nobody sends, and is joined.
#include <pthread.h>

#include <csignal>
#include <thread>

int main() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread signals([&set] {
    int signal = 0;
    sigwait(&set, &signal);
  });
  std::thread work([] {});
  work.join();
  signals.join();
}
