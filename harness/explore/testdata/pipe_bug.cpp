// expects: abort
// A message is written in two parts: another one may come between.
#include <unistd.h>

#include <cassert>
#include <thread>

int ends[2];

void send(char letter) {
  for (int i = 0; i < 2; ++i) {
    const ssize_t size = write(ends[1], &letter, 1);
    assert(size == 1);
  }
}

int main() {
  [[maybe_unused]] const int failed = pipe(ends);
  assert(failed == 0);
  std::thread t(send, 'a');
  std::thread u(send, 'b');
  for (int message = 0; message < 2; ++message) {
    char got[2];
    for (char& letter : got) {
      const ssize_t size = read(ends[0], &letter, 1);
      assert(size == 1);
    }
    assert(got[0] == got[1]);
  }
  t.join();
  u.join();
}
