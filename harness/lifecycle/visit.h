// Being inside a member that waits, so that the destructor lets this thread leave first.
#pragma once

#include <condition_variable>
#include <cstddef>

namespace redflag {

/// Counts a thread in, and out again. Made and unmade under the lock of both, which the destructor
/// of their owner takes to wait until nobody is inside.
class Visit {
 public:
  Visit(std::size_t& visitors, std::condition_variable& changed)
      : visitors_(visitors), changed_(changed) {
    ++visitors_;
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  ~Visit() {
    if (--visitors_ == 0) changed_.notify_all();
  }

 private:
  std::size_t& visitors_;
  std::condition_variable& changed_;
};

}  // namespace redflag
