// expects: nothing
// A condition variable as glibc once made them: who waits is moved to the lock instead of woken;
// and FUTEX_WAKE_OP, which frees one word and wakes those of another.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> condition = 0;
std::atomic<int> gate = 0;
std::atomic<int> waiting = 0;

long futex(std::atomic<int>& word, int operation, int value, long second = 0,
           std::atomic<int>* other = nullptr, int compared = 0) {
  return syscall(SYS_futex, &word, operation, value, second, other, compared);
}

void wait() {
  ++waiting;
  while (condition == 0) futex(condition, FUTEX_WAIT, 0);
  while (gate == 0) futex(gate, FUTEX_WAIT, 0);
}

int main() {
  std::thread t(wait);
  std::thread u(wait);
  while (waiting != 2) std::this_thread::yield();
  condition = 1;
  const long reached = futex(condition, FUTEX_CMP_REQUEUE, 1, 1, &gate, 1);
  assert(reached >= 0 && reached <= 2);
  // Sets the gate, which was 0, and wakes all that wait there.
  futex(condition, FUTEX_WAKE_OP, 2, 2, &gate, FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_EQ, 0));
  t.join();
  u.join();
  assert(gate == 1);
}
