// make-logs: tsan
#include <atomic>
#include <thread>
namespace {
int ready = 0;
void publish() { std::atomic_ref(ready).store(1); }
int look() { return ready; }
}  // namespace
int main() {
  std::thread one(publish);
  const int seen = look();
  one.join();
  return seen / 2;
}
