// expects: data-race
// The simplest race: two threads write, and nothing says which comes first.
#include <thread>

int value = 0;

int main() {
  std::thread t([] { value = 1; });
  value = 2;
  t.join();
  return value > 2 ? 1 : 0;
}
