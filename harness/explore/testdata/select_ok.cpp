// expects: nothing
// Reads only if there is something to read.
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cassert>
#include <mutex>
#include <thread>

int ends[2];
std::mutex mutex;
bool sent = false;

int main() {
  [[maybe_unused]] const int failed = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  assert(failed == 0);
  std::thread t([] {
    const timespec work = {1, 0};  // what it has to do before
    nanosleep(&work, nullptr);
    const std::lock_guard lock(mutex);
    sent = true;
    const ssize_t size = send(ends[1], "x", 1, 0);
    assert(size == 1);
  });
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  timeval time = {0, 500000};
  const int ready = select(ends[0] + 1, &set, nullptr, nullptr, &time);
  t.join();
  char letter = 0;
  if (ready == 1) assert(recv(ends[0], &letter, 1, 0) == 1);
}
