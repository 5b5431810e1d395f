// expects: nothing
// Looks, when its time is over, whether there was news.
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

std::mutex mutex;
std::condition_variable condition;
int value = 0;
bool taken = false;

int main() {
  std::thread producer([] {
    std::unique_lock lock(mutex);
    while (!taken) condition.wait_for(lock, 100ms);
    assert(taken);
  });
  std::thread consumer([] {
    std::this_thread::sleep_for(150ms);  // what it has to do before
    {
      const std::lock_guard lock(mutex);
      taken = true;
    }
    condition.notify_all();
  });
  producer.join();
  consumer.join();
}
