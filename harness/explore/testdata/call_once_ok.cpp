// expects: nothing
// What is to be done once, and may fail, is done again until it does not fail.
#include <cassert>
#include <mutex>
#include <thread>

std::once_flag flag;
std::mutex mutex;
bool done = false;
int attempts = 0;
int successes = 0;

void open() {
  if (attempts++ == 0) throw 1;
  ++successes;
}

void open_once() {
  try {
    std::call_once(flag, open);
  } catch (int) {
  }
}

int main() {
  std::thread t(open_once);
  std::thread u(open_once);
  std::thread v(open_once);
  t.join();
  u.join();
  v.join();
  assert(successes == 1);
}
