// expects: leak
// Waits for a thread only if that has work left to do.
#include <pthread.h>

#include <mutex>

std::mutex mutex;
bool done = false;

void* work(void*) {
  const std::lock_guard lock(mutex);
  done = true;
  return nullptr;
}

bool is_done() {
  const std::lock_guard lock(mutex);
  return done;
}

int main() {
  pthread_t thread;
  pthread_create(&thread, nullptr, work, nullptr);
  if (!is_done()) pthread_join(thread, nullptr);
}
