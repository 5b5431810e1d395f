// expects: nothing
// Waits for a lock on a file, which is the system's affair: the thread leaves the schedule for it.
#include <sys/file.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>
#include <thread>

int main() {
  std::FILE* file = std::tmpfile();
  assert(file != nullptr);
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
  assert(flock(fileno(file), LOCK_EX) == 0);
  std::thread t([&path] {
    std::FILE* again = std::fopen(path, "r");
    assert(again != nullptr);
    assert(flock(fileno(again), LOCK_EX) == 0);
    std::fclose(again);
  });
  std::this_thread::yield();
  flock(fileno(file), LOCK_UN);
  t.join();
  std::fclose(file);
}
