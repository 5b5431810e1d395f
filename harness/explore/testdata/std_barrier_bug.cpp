// expects: deadlock
// Leaves without a word to those who meet it again.
#include <barrier>
#include <mutex>
#include <thread>

std::barrier meeting(2);
std::mutex mutex;
bool enough = false;

void work() {
  for (int round = 0; round < 2; ++round) {
    meeting.arrive_and_wait();
    const std::lock_guard lock(mutex);
    if (enough) {
      return;
    }
  }
}

int main() {
  std::thread t(work);
  std::thread u([] {
    meeting.arrive_and_wait();
    {
      const std::lock_guard lock(mutex);
      enough = true;
    }
    meeting.arrive_and_wait();
  });
  t.join();
  u.join();
}
