// expects: crash
// What is used may have been taken away before.
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
int answer = 42;
const int* config = &answer;

void use() {
  const int* mine = nullptr;
  {
    const std::lock_guard lock(mutex);
    mine = config;
  }
  std::printf("%d\n", *mine);
}

int main() {
  std::thread t(use);
  {
    const std::lock_guard lock(mutex);
    config = nullptr;
  }
  t.join();
}
