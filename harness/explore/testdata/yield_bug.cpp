// expects: livelock
// Spins until it sees a value that may come and go meanwhile.
#include <mutex>
#include <thread>

std::mutex mutex;
int turn = 0;

int get() {
  const std::lock_guard lock(mutex);
  return turn;
}

void set(int value) {
  const std::lock_guard lock(mutex);
  turn = value;
}

int main() {
  std::thread t([] {
    while (get() != 1) std::this_thread::yield();
  });
  set(1);
  set(2);
  t.join();
}
