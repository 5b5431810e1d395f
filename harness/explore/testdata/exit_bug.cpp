// expects: abort
// The program ends while a thread has not saved its work.
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
  pthread_detach(thread);
  std::exit(0);
}
