// expects: nothing
// Looks as a reader, and as a writer once more.
#include <cassert>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex mutex;
int made = 0;

void make_once() {
  {
    const std::shared_lock reading(mutex);
    if (made > 0) return;
  }
  const std::unique_lock writing(mutex);
  if (made == 0) ++made;
}

int main() {
  std::thread t(make_once);
  std::thread u(make_once);
  t.join();
  u.join();
  const std::shared_lock reading(mutex);
  assert(made == 1);
}
