// syscall(): the futex calls under std::atomic::wait, std::latch, std::barrier and
// std::counting_semaphore. Every other call is made as it is.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>

#include "explore/runtime/clock.h"
#include "explore/runtime/next.h"
#include "explore/runtime/own_files.h"
#include "explore/runtime/waiters.h"

REDFLAG_NEXT(syscall);

namespace redflag::explorer {
namespace {

struct FutexCall {
  std::uint32_t* place;
  int operation;
  std::uint32_t value;
  const timespec* limit;  // of those that wake two: how many at the second place
  std::uint32_t* second;
  std::uint32_t
      bits;  // of the _BITSET calls: which waiters are meant; of others, what they compare

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

std::size_t second_count(const FutexCall& call) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(call.limit));
}

// Who waits is woken, or waits at the second place from now on.
long requeue(Thread& self, const FutexCall& call, const void* caller) {
  scheduler.step(self, {Action::futex_wake, ObjectType::futex, call.place, caller});
  scheduler.page()->all_depend = 1;  // it is told of one place only
  const bool compares = call.command() == FUTEX_CMP_REQUEUE;
  if (compares && *static_cast<volatile std::uint32_t*>(call.place) != call.bits)
    return fail(EAGAIN);
  const std::size_t woken = wake_waiters(self, Action::futex_wait_return, call.place, call.value);
  const std::size_t moved =
      move_waiters(Action::futex_wait_return, call.place, call.second, second_count(call));
  return static_cast<long>(compares ? woken + moved : woken);
}

// The 12 bits of an argument of FUTEX_WAKE_OP.
std::int32_t argument_in(std::uint32_t bits) {
  return static_cast<std::int32_t>(bits << 20U) >> 20;
}

// What FUTEX_WAKE_OP makes of the value at the second place.
std::uint32_t changed(std::uint32_t value, std::uint32_t code) {
  auto argument = static_cast<std::uint32_t>(argument_in(code >> 12U));
  if ((code >> 28U & FUTEX_OP_OPARG_SHIFT) != 0) argument = 1U << (argument & 31U);
  switch (code >> 28U & 7U) {
    case FUTEX_OP_SET:
      return argument;
    case FUTEX_OP_ADD:
      return value + argument;
    case FUTEX_OP_OR:
      return value | argument;
    case FUTEX_OP_ANDN:
      return value & ~argument;
    default:
      return value ^ argument;
  }
}

bool compares(std::uint32_t value, std::uint32_t code) {
  const auto before = static_cast<std::int32_t>(value);
  const std::int32_t other = argument_in(code);
  switch (code >> 24U & 15U) {
    case FUTEX_OP_CMP_EQ:
      return before == other;
    case FUTEX_OP_CMP_NE:
      return before != other;
    case FUTEX_OP_CMP_LT:
      return before < other;
    case FUTEX_OP_CMP_LE:
      return before <= other;
    case FUTEX_OP_CMP_GT:
      return before > other;
    default:
      return before >= other;
  }
}

long change_and_wake(Thread& self, const FutexCall& call, const void* caller) {
  scheduler.step(self, {Action::futex_wake, ObjectType::futex, call.place, caller});
  scheduler.page()->all_depend = 1;
  const std::atomic_ref<std::uint32_t> place(*call.second);
  const std::uint32_t before = place.load();
  place.store(changed(before, call.bits));  // nobody else runs
  std::size_t woken = wake_waiters(self, Action::futex_wait_return, call.place, call.value);
  if (compares(before, call.bits))
    woken += wake_waiters(self, Action::futex_wait_return, call.second, second_count(call));
  return static_cast<long>(woken);
}

bool is_modelled(int command) {
  switch (command) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
    case FUTEX_REQUEUE:
    case FUTEX_CMP_REQUEUE:
    case FUTEX_WAKE_OP:
      return true;
    default:
      return false;
  }
}

long model(Thread& self, FutexCall call, const void* caller) {
  const int command = call.command();
  if (command == FUTEX_REQUEUE || command == FUTEX_CMP_REQUEUE) return requeue(self, call, caller);
  if (command == FUTEX_WAKE_OP) return change_and_wake(self, call, caller);
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
      return model(*self,
                   {reinterpret_cast<std::uint32_t*>(a), static_cast<int>(b),
                    static_cast<std::uint32_t>(c), reinterpret_cast<const timespec*>(d),
                    reinterpret_cast<std::uint32_t*>(e), static_cast<std::uint32_t>(f)},
                   REDFLAG_CALLER);
    }
  }
  note_system_call(number);
  return next::syscall()(number, a, b, c, d, e, f);
}
