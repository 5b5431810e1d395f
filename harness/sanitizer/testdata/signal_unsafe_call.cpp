// make-logs: tsan
// The signal comes from another thread: TSan lets one pass that a thread sends to itself.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <thread>
namespace {
void* volatile block;
void on_signal(int) {
  const int kept = errno;
  block = std::malloc(10);
  errno = kept;
}
}  // namespace
int main() {
  signal(SIGUSR1, on_signal);
  std::thread sender([id = pthread_self()] { pthread_kill(id, SIGUSR1); });
  usleep(50000);
  sender.join();
  std::free(block);
}
