// expects: abort
// What a thread_local destructor does is expected when the thread says that it is done.
#include <semaphore.h>

#include <cassert>
#include <mutex>
#include <thread>

sem_t done;
std::mutex mutex;
int flushed = 0;

struct Buffer {
  int lines = 0;
  ~Buffer() {
    const std::lock_guard lock(mutex);
    flushed += lines;
  }
};
thread_local Buffer buffer;

int lines_flushed() {
  const std::lock_guard lock(mutex);
  return flushed;
}

int main() {
  sem_init(&done, 0, 0);
  std::thread t([] {
    buffer.lines = 3;
    sem_post(&done);
  });
  sem_wait(&done);
  assert(lines_flushed() == 3);
  t.join();
}
