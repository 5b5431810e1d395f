// Memory for the stacks of the program's threads.
#pragma once

#include <pthread.h>

#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

/// Attributes for a new thread: those that the program gave (null: the default ones), and a stack
/// whose top is there already. Not thread-safe: for the thread that has the baton.
class ReadyStack {
 public:
  ReadyStack(const pthread_attr_t* given, Thread& thread);
  ~ReadyStack();
  ReadyStack(const ReadyStack&) = delete;
  ReadyStack& operator=(const ReadyStack&) = delete;

  [[nodiscard]] const pthread_attr_t* attributes() const { return prepared_ ? &ours_ : given_; }

 private:
  const pthread_attr_t* given_;
  pthread_attr_t ours_ = {};
  bool copied_ = false;
  bool prepared_ = false;
};

/// The thread has been joined, or was never made: another may have its stack.
void give_back_stack(Thread& thread);

}  // namespace redflag::explorer
