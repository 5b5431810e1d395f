// expects: deadlock
// A lock made by hand on the system call. One that has slept takes it as if nobody else slept, so
// its unlock wakes nobody.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <thread>

class Lock {
 public:
  void lock() {
    std::uint32_t seen = state_free;
    if (state_.compare_exchange_strong(seen, state_taken)) return;
    for (;;) {
      seen = state_taken;
      if (state_.compare_exchange_strong(seen, state_awaited) || seen == state_awaited)
        futex(FUTEX_WAIT_PRIVATE, state_awaited);
      seen = state_free;
      if (state_.compare_exchange_strong(seen, state_taken)) return;
    }
  }

  void unlock() {
    if (state_.exchange(state_free) == state_awaited) futex(FUTEX_WAKE_PRIVATE, 1);
  }

 private:
  static constexpr std::uint32_t state_free = 0;
  static constexpr std::uint32_t state_taken = 1;
  static constexpr std::uint32_t state_awaited = 2;

  void futex(int operation, std::uint32_t value) {
    syscall(SYS_futex, &state_, operation, value, nullptr, nullptr, 0);
  }

  std::atomic<std::uint32_t> state_ = state_free;
};

Lock lock;
int sum = 0;

void add() {
  lock.lock();
  ++sum;
  lock.unlock();
}

int main() {
  std::thread t(add);
  std::thread u(add);
  add();
  t.join();
  u.join();
  return sum == 3 ? 0 : 1;
}
