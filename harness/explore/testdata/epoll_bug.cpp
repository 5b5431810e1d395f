// expects: abort
// What epoll says is ready may have been emptied by another thread.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cassert>
#include <mutex>
#include <thread>

int ends[2];
int set = -1;
std::mutex mutex;
int got = 0;

void receive() {
  epoll_event event = {};
  if (epoll_wait(set, &event, 1, 1000) != 1) return;
  char letter = 0;
  const ssize_t size = recv(ends[0], &letter, 1, MSG_DONTWAIT);
  assert(size == 1);
  const std::lock_guard lock(mutex);
  ++got;
}

int main() {
  [[maybe_unused]] const int failed = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  assert(failed == 0);
  set = epoll_create1(0);
  epoll_event event = {};
  event.events = EPOLLIN;
  epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event);
  std::thread t(receive);
  std::thread u(receive);
  const ssize_t size = send(ends[1], "x", 1, 0);
  assert(size == 1);
  t.join();
  u.join();
  assert(got == 1);
}
