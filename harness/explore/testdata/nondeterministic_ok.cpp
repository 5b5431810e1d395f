// expects: nothing
// The processor's own counter decides what it does.
#include <x86intrin.h>

#include <atomic>
#include <thread>

std::atomic<int> value = 0;

int main() {
  std::thread t([] { ++value; });
  for (unsigned rounds = __rdtsc() / 64 % 64; rounds > 0; --rounds) ++value;
  t.join();
}
