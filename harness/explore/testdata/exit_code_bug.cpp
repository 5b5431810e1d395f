// expects: unexpected-exit
// A worker that finds nothing to do takes it for an error.
#include <cstdlib>
#include <mutex>
#include <thread>

std::mutex mutex;
int jobs = 0;

void take() {
  const std::lock_guard lock(mutex);
  if (jobs == 0) std::exit(3);
  --jobs;
}

int main() {
  std::thread t(take);
  {
    const std::lock_guard lock(mutex);
    ++jobs;
  }
  t.join();
}
