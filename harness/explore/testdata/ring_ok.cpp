// expects: nothing
// Threads hand a turn on to each other, and yield until it is theirs.
#include <atomic>
#include <thread>
#include <vector>

int main() {
  constexpr int size = 4;
  std::atomic<int> turn = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < size; ++i) {
    threads.emplace_back([&turn, i] {
      for (int round = 0; round < 20; ++round) {
        while (turn != i) std::this_thread::yield();
        turn = (i + 1) % size;
      }
    });
  }
}
