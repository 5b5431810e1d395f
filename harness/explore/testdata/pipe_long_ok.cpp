// expects: nothing
// More than there is room for, and it is read meanwhile.
#include <unistd.h>

#include <cassert>
#include <thread>
#include <vector>

int ends[2];

int main() {
  [[maybe_unused]] const int failed = pipe(ends);
  assert(failed == 0);
  constexpr std::size_t size = 100'000;
  std::thread t([] {
    const std::vector<char> message(size, 'x');
    const ssize_t sent = write(ends[1], message.data(), message.size());
    assert(sent == static_cast<ssize_t>(size));
    close(ends[1]);
  });
  std::vector<char> got(size);
  std::size_t count = 0;
  while (const ssize_t more = read(ends[0], got.data(), got.size())) {
    assert(more > 0);
    count += static_cast<std::size_t>(more);
  }
  assert(count == size);
  t.join();
}
