// expects: nothing
// A thread waits by looking at several atomics in turn: the others must be let go on.
#include <array>
#include <atomic>
#include <thread>

std::array<std::atomic<bool>, 3> done;

bool all_done() {
  for (const auto& cell : done)
    if (!cell) return false;
  return true;
}

int main() {
  std::array<std::thread, 3> threads;
  for (std::size_t i = 0; i < threads.size(); ++i)
    threads[i] = std::thread([i] { done[i] = true; });
  while (!all_done()) {
  }
  for (auto& thread : threads) thread.join();
}
