// expects: nothing
// The processor's own counter decides what it does.
#include <x86intrin.h>

#include <atomic>
#include <cstdint>
#include <thread>

std::atomic<int> value = 0;

int main() {
  std::thread t([] { ++value; });
  const std::uint64_t bits = __rdtsc() * 0x9e3779b97f4a7c15;
  for (unsigned i = 32; i < 64; ++i) (bits >> i & 1U) != 0 ? ++value : value.load();
  t.join();
}
