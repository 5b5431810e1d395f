// expects: nothing
// main() returns after the end of its thread: that is a step like others, and nothing else can go on.
#include <atomic>
#include <thread>

std::atomic<int> done = 0;

int main() {
  std::thread worker([] { ++done; });
  worker.join();
  return done == 1 ? 0 : 1;
}
