// expects: abort
// One writes a whole word, the other a byte in the middle of it.
#include <cassert>
#include <cstdint>
#include <thread>

union Word {
  std::uint64_t whole;
  std::uint8_t bytes[8];
};

Word word;

int main() {
  std::thread t([] { word.whole = 0; });
  word.bytes[3] = 1;
  t.join();
  assert(word.bytes[3] == 0);
}
