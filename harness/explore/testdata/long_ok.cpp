// expects: nothing
// It has many steps, and gets somewhere with each of them.
#include <mutex>
#include <thread>

int main() {
  std::mutex mutex;
  int count = 0;
  const auto work = [&] {
    for (int i = 0; i < 300; ++i) {
      const std::lock_guard lock(mutex);
      ++count;
    }
  };
  std::jthread other(work);
  work();
}
