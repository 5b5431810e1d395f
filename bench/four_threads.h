// What the explorer is measured on: four threads that start, take a lock and end.
#pragma once

#include <mutex>
#include <thread>
#include <vector>

inline void four_threads() {
  std::mutex mutex;
  int counter = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const std::lock_guard lock(mutex);
      ++counter;
    });
}
