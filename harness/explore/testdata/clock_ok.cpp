// expects: nothing
// Two take the time and write it down, one after the other.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

using Clock = std::chrono::steady_clock;

std::mutex mutex;
std::vector<Clock::time_point> times;

void note() {
  const std::lock_guard lock(mutex);
  times.push_back(Clock::now());
}

int main() {
  std::thread t(note);
  std::thread u(note);
  t.join();
  u.join();
  assert(times[0] <= times[1]);
}
