// Several threads that do the same, for tests.
#pragma once

#include <cstddef>
#include <thread>
#include <vector>

namespace redflag {

/// `n` threads that each run body(i), i from 0. Joined when the vector goes.
template <typename Body>
std::vector<std::jthread> crowd(std::size_t n, Body body) {
  std::vector<std::jthread> threads;
  threads.reserve(n);
  for (std::size_t i = 0; i < n; ++i) threads.emplace_back(body, i);
  return threads;
}

}  // namespace redflag
