// expects: deadlock
// Asked to stop between a look and the wait for news, it waits for ever.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

std::mutex mutex;
std::condition_variable_any news;

int main() {
  std::jthread worker([](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::unique_lock lock(mutex);
      news.wait(lock);
    }
  });
  worker.request_stop();
  news.notify_all();
}
