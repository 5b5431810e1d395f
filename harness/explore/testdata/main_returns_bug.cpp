// expects: abort
// main() returns without waiting for its threads: they may all come to their end before it does.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> done = 0;

int main() {
  std::thread([] { ++done; }).detach();
  std::thread([] { ++done; }).detach();
  std::thread([] { assert(done.load() < 2); }).detach();
}
