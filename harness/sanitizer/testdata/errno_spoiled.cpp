// make-logs: tsan
// The signal comes from another thread: TSan lets one pass that a thread sends to itself.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <cerrno>
#include <thread>
namespace {
void on_signal(int) { errno = EAGAIN; }
}  // namespace
int main() {
  signal(SIGUSR1, on_signal);
  std::thread sender([id = pthread_self()] { pthread_kill(id, SIGUSR1); });
  usleep(50000);
  sender.join();
}
