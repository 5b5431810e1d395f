// Calls that nobody models and that may block.
#pragma once

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// While it lives, `self` is out of the schedule and the others go on. Does nothing for a null.
class Outside {
 public:
  Outside(Thread* self, const void* caller) : self_(self) {
    if (self_ != nullptr) scheduler.leave(*self_, caller);
  }
  ~Outside() {
    if (self_ != nullptr) scheduler.come_back(*self_);
  }
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

 private:
  Thread* self_;
};

}  // namespace redflag::explorer
