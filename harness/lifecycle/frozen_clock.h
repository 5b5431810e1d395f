// Lets a test make things happen at the same moment.
#pragma once

namespace redflag {

/// While it lives, std::chrono::steady_clock::now() gives the calling thread the moment when it was
/// made. One at a time, and only in its own thread; waits know nothing of it.
class FrozenClock {
 public:
  FrozenClock();
  FrozenClock(const FrozenClock&) = delete;
  FrozenClock& operator=(const FrozenClock&) = delete;
  ~FrozenClock();
};

}  // namespace redflag
