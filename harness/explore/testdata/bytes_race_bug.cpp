// expects: data-race
// As many accesses to other bytes of a word as ThreadSanitizer keeps, between the two that race.
#include <chrono>
#include <thread>

alignas(8) char bytes[8];

int main() {
  std::thread t([] {
    for (int i = 0; i < 4; ++i) ++bytes[2 * i];
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  for (int i = 0; i < 4; ++i) ++bytes[2 * i + 1];
  ++bytes[4];
  t.join();
}
