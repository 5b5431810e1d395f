// expects: nothing
// Counts a connection before it answers.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cassert>
#include <mutex>
#include <thread>

int listener = -1;
sockaddr_un address = {};
socklen_t length = sizeof(sa_family_t);
std::mutex mutex;
int served = 0;

int change(int by) {
  const std::lock_guard lock(mutex);
  return served += by;
}

void serve() {
  const int client = accept(listener, nullptr, nullptr);
  assert(client >= 0);
  change(1);
  const ssize_t size = write(client, "x", 1);
  assert(size == 1);
  close(client);
}

int main() {
  listener = socket(AF_UNIX, SOCK_STREAM, 0);
  address.sun_family = AF_UNIX;  // and no name: the kernel finds one
  bind(listener, reinterpret_cast<sockaddr*>(&address), length);
  length = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  listen(listener, 1);
  std::thread server(serve);
  const int client = socket(AF_UNIX, SOCK_STREAM, 0);
  [[maybe_unused]] const int failed =
      connect(client, reinterpret_cast<const sockaddr*>(&address), length);
  assert(failed == 0);
  char answer = 0;
  const ssize_t size = read(client, &answer, 1);
  assert(size == 1);
  const int now = change(0);
  assert(now == 1);
  server.join();
}
