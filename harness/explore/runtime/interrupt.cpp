// A signal handler as a step of the thread that it interrupts.
#include "explore/runtime/scheduler.h"
#include "explore/runtime/signals.h"

namespace redflag::explorer {

bool Scheduler::interrupt(Thread& target, int signal) {
  if (target.state != Thread::waiting) return false;
  if (target.signals == 0 && target.operation.action != Action::thread_start) {
    if (target.handling == 0) target.interrupted = target.operation;
    target.operation = {Action::signal_handle, ObjectType::thread, &target,
                        target.operation.caller};
  }
  target.signals |= std::uint64_t{1} << static_cast<unsigned>(signal - 1);
  return true;
}

// The thread may have been about to wait: it is still taken for a waiter, and its handlers, which
// may take steps, leave no trace in what it waits for.
void Scheduler::handle_signals(Thread& self) {
  const std::uint64_t word = self.word;
  const std::uint64_t signals = self.signals.exchange(0);
  ++self.handling;
  self.busy = false;
  const bool restarts = raise_signals(signals);
  self.busy = true;
  self.word = word;
  if (--self.handling == 0) self.interrupted = {};
  self.signalled = true;
  if (!restarts) self.interrupted_call = true;
}

}  // namespace redflag::explorer
