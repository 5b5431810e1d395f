// expects: abort
// Two take the time and then write it down: not always in the same order.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

using Clock = std::chrono::steady_clock;

std::mutex mutex;
std::vector<Clock::time_point> times;

void note() {
  const auto now = Clock::now();
  const std::lock_guard lock(mutex);
  times.push_back(now);
}

int main() {
  std::thread t(note);
  std::thread u(note);
  t.join();
  u.join();
  assert(times[0] <= times[1]);
}
