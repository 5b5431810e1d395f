// expects: abort
// A thread looks at a plain value twice and counts on it to be the same. ThreadSanitizer tells of
// the first look alone: nothing stands between the two that would make the second one news.
#include <cassert>
#include <thread>

int value = 0;

[[gnu::noinline]] int get() { return value; }
[[gnu::noinline]] int get_again() { return value; }

int main() {
  std::thread writer([] { value = 1; });
  const int first = get();
  const int second = get_again();
  writer.join();
  assert(first == second);
}
