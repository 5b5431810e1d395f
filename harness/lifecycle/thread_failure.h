// Lets a test see what happens when the system has no thread left.
#pragma once

#include <cstddef>

namespace redflag {

/// While it lives, the calling thread can make `possible` more std::threads (or std::jthreads); the
/// next one's constructor throws std::system_error. One at a time, and only in its own thread.
class ThreadFailure {
 public:
  explicit ThreadFailure(std::size_t possible);
  ThreadFailure(const ThreadFailure&) = delete;
  ThreadFailure& operator=(const ThreadFailure&) = delete;
  ~ThreadFailure();
};

}  // namespace redflag
