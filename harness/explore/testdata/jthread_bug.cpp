// expects: deadlock
// Asked to stop between a look and the wait for news, it waits for ever.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

std::mutex mutex;
std::condition_variable_any news;
int jobs = 0;

int main() {
  std::jthread worker([](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::unique_lock lock(mutex);
      if (jobs == 0) news.wait(lock);
      jobs = 0;
    }
  });
  {
    const std::lock_guard lock(mutex);
    ++jobs;
  }
  news.notify_all();
  worker.request_stop();
  news.notify_all();
}
