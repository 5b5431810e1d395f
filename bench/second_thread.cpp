// glibc leaves the atomic instructions of a lock out while a process has one thread only. Programs
// that need a lock have more, so one more is parked here: the figures are then theirs.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace {

const std::jthread parked([](const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait(lock, stop, [] { return false; });
});

}  // namespace
