// make-logs: tsan
// Each side holds a lock, but not the same one; the first thread has a name.
#include <pthread.h>
#include <unistd.h>
#include <mutex>
#include <thread>
namespace {
std::mutex left, right;
long total = 0;
void deposit() {
  const std::lock_guard lock(left);
  total += 1;
}
void withdraw() {
  usleep(50000);
  const std::lock_guard lock(right);
  total -= 1;
}
}  // namespace
int main() {
  std::thread one(deposit);
  pthread_setname_np(one.native_handle(), "deposit money");
  std::thread two(withdraw);
  one.join();
  two.join();
}
