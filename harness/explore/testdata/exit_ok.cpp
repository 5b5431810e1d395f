// expects: nothing
// The program ends when the thread has saved its work.
#include <pthread.h>

#include <cassert>
#include <cstdlib>
#include <mutex>

std::mutex mutex;
bool saved = false;

void check() {
  const std::lock_guard lock(mutex);
  assert(saved);
}

void* work(void*) {
  {
    const std::lock_guard lock(mutex);
    saved = true;
  }
  pthread_exit(nullptr);
}

int main() {
  std::atexit(check);
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  pthread_join(thread, nullptr);
  std::exit(0);
}
