// expects: deadlock
// The loop is woken only by who finds it asleep, and it says so before it sleeps: not at once.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cassert>
#include <cstdint>
#include <thread>

std::atomic<bool> asleep = false;
std::atomic<bool> work = false;
int wake = -1;

int main() {
  wake = eventfd(0, 0);
  const int set = epoll_create1(0);
  epoll_event event = {};
  event.events = EPOLLIN;
  epoll_ctl(set, EPOLL_CTL_ADD, wake, &event);
  std::thread t([] {
    work = true;
    if (!asleep) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t size = write(wake, &one, sizeof one);
    assert(size == sizeof one);
  });
  if (!work) {
    asleep = true;
    epoll_wait(set, &event, 1, -1);
  }
  t.join();
}
