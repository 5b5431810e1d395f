// expects: data-race
// More accesses to the bytes of a word than ThreadSanitizer keeps: one of them races.
#include <chrono>
#include <thread>

char bytes[10];

int main() {
  std::thread t([] {
    for (int i = 0; i < 5; ++i) ++bytes[2 * i];
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  for (int i = 0; i < 5; ++i) ++bytes[2 * i + 1];
  for (int i = 0; i < 3; ++i) ++bytes[3 * i + 1];
  t.join();
}
