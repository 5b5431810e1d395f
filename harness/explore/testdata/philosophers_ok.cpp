// expects: nothing
// Four philosophers of whom one takes the fork on the right first.
#include <mutex>
#include <thread>
#include <vector>

std::mutex forks[4];

void dine(int seat) {
  std::mutex& left = forks[seat];
  std::mutex& right = forks[(seat + 1) % 4];
  const std::lock_guard first(seat == 3 ? right : left);
  const std::lock_guard second(seat == 3 ? left : right);
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(dine, i);
  for (std::thread& thread : threads) thread.join();
}
