// expects: abort
// What is to be done once is done by whoever does not see it done.
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
  {
    const std::lock_guard lock(mutex);
    if (done) return;
  }
  const std::lock_guard lock(mutex);
  try {
    open();
    done = true;
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
