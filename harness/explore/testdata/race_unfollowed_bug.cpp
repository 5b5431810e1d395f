// expects: data-race
// Has a thread less when the sanitizer names functions, so that the schedule which showed the race
// cannot be followed to its end then. A slow symbolizer has the same effect.
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

std::mutex mutex;
int shared = 0;

void step() { const std::lock_guard lock(mutex); }

int main() {
  std::thread first([] { shared = 1; });
  std::thread second([] { shared = 2; });
  first.join();
  second.join();
  const char* options = std::getenv("TSAN_OPTIONS");
  if (options == nullptr || std::strstr(options, "symbolize=1") == nullptr)
    std::thread(step).join();
  for (int i = 0; i < 10; ++i) step();
}
