// expects: nothing
// Eight threads that have nothing to do with each other: any order of their steps is as good as
// any.
#include <atomic>
#include <thread>
#include <vector>

std::atomic<int> numbers[8];

void count(int which) {
  for (int i = 0; i < 5; ++i) ++numbers[which];
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(count, i);
  for (std::thread& thread : threads) thread.join();
}
