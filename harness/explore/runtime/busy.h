// Keeps signal handlers out of the scheduler.
#pragma once

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// While it is in the scheduler, a thread's signal handlers take no steps.
class Busy {
 public:
  explicit Busy(Thread& self) : self_(self), before_(self.busy) { self_.busy = true; }
  ~Busy() { self_.busy = before_; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  Thread& self_;
  const bool before_;
};

}  // namespace redflag::explorer
