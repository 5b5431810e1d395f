// expects: abort
// A thread reads a plain value twice and counts on it to be the same; another one writes it. What
// stands between the readings is no use to it, but Clang's ThreadSanitizer tells of a second reading
// only behind a release.
#include <atomic>
#include <cassert>
#include <thread>

int value = 0;
std::atomic<bool> looked = false;

[[gnu::noinline]] int get() { return value; }
[[gnu::noinline]] int get_again() { return value; }

int main() {
  std::thread writer([] { value = 1; });
  const int first = get();
  looked = true;
  const int second = get_again();
  writer.join();
  assert(first == second);
}
