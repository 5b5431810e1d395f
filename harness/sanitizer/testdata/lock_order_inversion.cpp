// make-logs: tsan
// options: second_deadlock_stack=1
#include <mutex>
#include <thread>
namespace {
std::mutex left, right;
void left_first() {
  const std::lock_guard one(left);
  const std::lock_guard two(right);
}
void right_first() {
  const std::lock_guard one(right);
  const std::lock_guard two(left);
}
}  // namespace
int main() {
  std::thread(left_first).join();
  std::thread(right_first).join();
}
