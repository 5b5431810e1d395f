// expects: abort
// A thread reads many atomics, each once, and takes for granted that another one has begun when it
// is through. It does not wait for anything, however little its steps change.
#include <array>
#include <atomic>
#include <cassert>
#include <thread>

std::array<std::atomic<int>, 400> cells;
std::atomic<bool> begun = false;

int main() {
  std::thread other([] { begun = true; });
  int sum = 0;
  for (const auto& cell : cells) sum += cell.load();
  const bool in_time = begun;
  other.join();
  assert(in_time && sum == 0);
}
