// What the explorer is measured on: four threads that start, take a lock and end.
#pragma once

#include <mutex>
#include <thread>
#include <vector>

inline void four_threads() {
  std::mutex mutex;
  int counter = 0;
  constexpr int count = 4;
  std::vector<std::jthread> threads;
  threads.reserve(count);
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&] {
      const std::lock_guard lock(mutex);
      ++counter;
    });
}
