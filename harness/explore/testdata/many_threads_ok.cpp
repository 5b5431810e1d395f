// expects: nothing
// Two hundred threads look and act under one lock.
#include <cassert>
#include <mutex>
#include <thread>
#include <vector>

std::mutex mutex;
int first = -1;
int winners = 0;

void run(int number) {
  {
    const std::lock_guard lock(mutex);
    if (first >= 0) return;
    first = number;
    ++winners;
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 200; ++i) threads.emplace_back(run, i);
  for (std::thread& thread : threads) thread.join();
  assert(winners == 1);
}
