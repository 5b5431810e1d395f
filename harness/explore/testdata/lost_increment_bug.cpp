// expects: abort
// Two threads add one to a plain counter with ++, which reads and writes in one expression.
#include <cassert>
#include <thread>

int counter = 0;

int main() {
  std::thread other([] { ++counter; });
  ++counter;
  other.join();
  assert(counter == 2);
}
