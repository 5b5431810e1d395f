// expects: abort
// Two see that there is something to read, and one has read it.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cassert>
#include <mutex>
#include <thread>

int ends[2];
std::mutex mutex;
int got = 0;

void receive() {
  pollfd file = {ends[0], POLLIN, 0};
  if (poll(&file, 1, 1000) != 1) return;
  char letter = 0;
  const ssize_t size = read(ends[0], &letter, 1);
  assert(size == 1);
  const std::lock_guard lock(mutex);
  ++got;
}

int main() {
  [[maybe_unused]] const int failed = pipe2(ends, O_NONBLOCK);
  assert(failed == 0);
  std::thread t(receive);
  std::thread u(receive);
  const ssize_t size = write(ends[1], "x", 1);
  assert(size == 1);
  t.join();
  u.join();
  assert(got == 1);
}
