// expects: abort
// Looks as a reader and acts as a writer: between the two the other did.
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
  ++made;
}

int main() {
  std::thread t(make_once);
  std::thread u(make_once);
  t.join();
  u.join();
  const std::shared_lock reading(mutex);
  assert(made == 1);
}
