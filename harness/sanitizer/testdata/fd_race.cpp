// make-logs: tsan
#include <fcntl.h>
#include <unistd.h>
#include <thread>
namespace {
void reader(int fd) {
  char byte;
  if (read(fd, &byte, 1) < 0) return;
}
void closer(int fd) {
  usleep(50000);
  close(fd);
}
}  // namespace
int main() {
  const int fd = open("/dev/null", O_RDONLY);
  std::thread one(reader, fd);
  std::thread two(closer, fd);
  one.join();
  two.join();
}
