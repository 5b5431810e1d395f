// Lets a test wait until other threads are blocked inside a call, which nothing public tells.
#pragma once

#include <redflag/engine.h>
#include <redflag/rundown.h>
#include <redflag/wait_group.h>

#include <cstddef>
#include <mutex>
#include <thread>

namespace redflag {

struct TestAccess {
  static void await_inside(const WaitGroup& group, std::size_t n) {
    await(group.mutex_, group.waiters_, n);
  }
  static void await_inside(const Rundown& rundown, std::size_t n) {
    await(rundown.mutex_, rundown.callers_, n);
  }
  static void await_inside(const Engine& engine, std::size_t n) {
    await(engine.mutex_, engine.visitors_, n);
  }

 private:
  // Seen under the lock, a counted thread has released it, so it waits.
  static void await(std::mutex& mutex, const std::size_t& inside, std::size_t n) {
    const auto all_inside = [&] {
      const std::scoped_lock lock(mutex);
      return inside >= n;
    };
    while (!all_inside()) std::this_thread::yield();
  }
};

}  // namespace redflag
