// expects: nothing
// A socket's own time limit is none of the explorer's: the wait ends by it.
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cassert>
#include <thread>

int main() {
  int ends[2];
  [[maybe_unused]] int failed = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  assert(failed == 0);
  const timeval limit = {0, 1000};
  failed = setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  assert(failed == 0);
  std::thread t([&] {
    char letter = 0;
    const ssize_t size = recv(ends[0], &letter, 1, 0);
    assert(size == -1);
  });
  t.join();
}
