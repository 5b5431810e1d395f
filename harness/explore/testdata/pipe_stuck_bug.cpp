// expects: deadlock
// Two send each other more than there is room for, before they read.
#include <sys/socket.h>
#include <unistd.h>

#include <cassert>
#include <thread>
#include <vector>

int ends[2];

void exchange(int end) {
  std::vector<char> message(1 << 20);
  for (std::size_t sent = 0; sent < message.size();) {
    const ssize_t size = write(end, message.data() + sent, message.size() - sent);
    assert(size > 0);
    sent += static_cast<std::size_t>(size);
  }
  for (std::size_t got = 0; got < message.size();) {
    const ssize_t size = read(end, message.data(), message.size() - got);
    assert(size > 0);
    got += static_cast<std::size_t>(size);
  }
}

int main() {
  [[maybe_unused]] const int failed = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  assert(failed == 0);
  std::thread t(exchange, ends[0]);
  exchange(ends[1]);
  t.join();
}
