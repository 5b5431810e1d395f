// expects: nothing
// The wait itself ends when it is asked to stop.
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
      news.wait(lock, stop, [] { return false; });
    }
  });
  worker.request_stop();
  news.notify_all();
}
