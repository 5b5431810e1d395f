// syscall(): the futex calls under std::atomic::wait, std::latch, std::barrier and
// std::counting_semaphore. Every other call is made as it is.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"
#include "explore/runtime/waiters.h"

REDFLAG_NEXT(syscall);

namespace redflag::explorer {
namespace {

struct FutexCall {
  std::uint32_t* place;
  int operation;
  std::uint32_t value;
  const timespec* limit;
  std::uint32_t bits;  // of the _BITSET calls: which waiters are meant

  [[nodiscard]] int command() const { return operation & FUTEX_CMD_MASK; }
};

long fail(int error) {
  errno = error;
  return -1;
}

std::uint64_t deadline_of(const FutexCall& call) {
  if (call.limit == nullptr) return no_deadline;
  if (call.command() == FUTEX_WAIT) return deadline_after(*call.limit);
  const bool realtime = (call.operation & FUTEX_CLOCK_REALTIME) != 0;
  return redflag::explorer::deadline_of(realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC, *call.limit);
}

bool woken_late_or_signalled(const Thread& thread, bool late) {
  return woken_or_late(thread, late) || thread.interrupted_call;
}

long wait(Thread& self, const FutexCall& call, const void* caller) {
  scheduler.step(self, {Action::futex_wait, ObjectType::futex, call.place, caller});
  if (call.limit != nullptr && !is_valid(*call.limit)) return fail(EINVAL);
  if (*static_cast<volatile std::uint32_t*>(call.place) != call.value) return fail(EAGAIN);
  self.woken = false;
  self.word = call.bits;
  const bool late =
      scheduler.step(self, {Action::futex_wait_return, ObjectType::futex, call.place, caller},
                     woken_late_or_signalled, deadline_of(call));
  if (self.woken) return 0;
  return fail(late ? ETIMEDOUT : EINTR);
}

long wake(Thread& self, const FutexCall& call, const void* caller) {
  scheduler.step(self, {Action::futex_wake, ObjectType::futex, call.place, caller});
  return static_cast<long>(
      wake_waiters(self, Action::futex_wait_return, call.place, call.value, call.bits));
}

bool is_modelled(int command) {
  return command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET || command == FUTEX_WAKE ||
         command == FUTEX_WAKE_BITSET;
}

long model(Thread& self, FutexCall call, const void* caller) {
  const int command = call.command();
  if (command == FUTEX_WAIT || command == FUTEX_WAKE) call.bits = FUTEX_BITSET_MATCH_ANY;
  if (call.bits == 0) return fail(EINVAL);
  const bool waits = command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET;
  return waits ? wait(self, call, caller) : wake(self, call, caller);
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM long syscall(long number, ...) noexcept {
  std::va_list list;
  va_start(list, number);
  long arguments[6];
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  const auto [a, b, c, d, e, f] = arguments;
  if (number == SYS_futex && is_modelled(static_cast<int>(b) & FUTEX_CMD_MASK)) {
    if (Thread* self = controlled()) {
      return model(
          *self,
          {reinterpret_cast<std::uint32_t*>(a), static_cast<int>(b), static_cast<std::uint32_t>(c),
           reinterpret_cast<const timespec*>(d), static_cast<std::uint32_t>(f)},
          REDFLAG_CALLER);
    }
  }
  return next::syscall()(number, a, b, c, d, e, f);
}
