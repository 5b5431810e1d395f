// expects: abort
// Two threads add one to a plain counter. That is a data race in every schedule; an addition is lost
// only if a thread is interrupted between its reading and its writing.
#include <cassert>
#include <thread>

int counter = 0;

[[gnu::noinline]] int read() { return counter; }
[[gnu::noinline]] void write(int value) { counter = value; }

void add() { write(read() + 1); }

int main() {
  std::thread other(add);
  add();
  other.join();
  assert(counter == 2);
}
