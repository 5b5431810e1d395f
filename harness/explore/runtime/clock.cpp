#include "explore/runtime/clock.h"

#include <sys/time.h>
#include <unistd.h>

#include <cerrno>

#include "explore/runtime/next.h"

REDFLAG_NEXT(clock_gettime);
REDFLAG_NEXT(gettimeofday);
REDFLAG_NEXT(time);
REDFLAG_NEXT(clock);
REDFLAG_NEXT(timespec_get);
REDFLAG_NEXT(nanosleep);
REDFLAG_NEXT(clock_nanosleep);
REDFLAG_NEXT(usleep);
REDFLAG_NEXT(sleep);
REDFLAG_NEXT(sched_yield);

namespace redflag::explorer {
namespace {

constexpr std::uint64_t second = 1000000000;
constexpr std::uint64_t monotonic_start = 1000 * second;       // as if booted a while ago
constexpr std::uint64_t realtime_start = 1577836800 * second;  // 2020-01-01
constexpr std::uint64_t tick = 1000;                           // what looking at a clock takes
constexpr std::uint32_t most_doublings = 20;

bool is_realtime(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

std::uint64_t start_of(clockid_t clock) {
  if (is_realtime(clock)) return realtime_start;
  const bool of_cpu = clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
  return of_cpu || clock < 0 ? 0 : monotonic_start;
}

bool its_time(const Thread& thread, bool late) { return late || thread.signalled; }

Operation operation(Action action, const void* caller) {
  return {action, ObjectType::none, nullptr, caller};
}

// How much time is left: not 0 if a signal was handled meanwhile.
timespec sleep_until(Thread& self, std::uint64_t deadline, const void* caller) {
  if (scheduler.step(self, operation(Action::sleep, caller), its_time, deadline, false) ||
      deadline <= scheduler.now())
    return {0, 0};
  return time_of(CLOCK_PROCESS_CPUTIME_ID, deadline - scheduler.now());
}

bool is_over(const timespec& left) { return left.tv_sec == 0 && left.tv_nsec == 0; }

// A loop that waits for a time to come must see it come: time runs faster for one that looks again
// and again.
void look_at_clock(Thread& self, const void* caller) {
  scheduler.step(self, operation(Action::clock_read, caller));
  const std::uint32_t spun = self.rounds.spun;
  const std::uint32_t doublings = spun < most_doublings ? spun : most_doublings;
  scheduler.advance(tick << doublings);
}

}  // namespace

timespec time_of(clockid_t clock, std::uint64_t now) {
  const std::uint64_t time = start_of(clock) + now;
  return {static_cast<time_t>(time / second), static_cast<long>(time % second)};
}

bool is_valid(const timespec& time) {
  return time.tv_nsec >= 0 && time.tv_nsec < static_cast<long>(second);
}

std::uint64_t deadline_of(clockid_t clock, const timespec& time) {
  constexpr time_t most = static_cast<time_t>((no_deadline - 1) / second) - 1;
  if (time.tv_sec < 0) return 0;
  if (time.tv_sec >= most) return no_deadline - 1;
  const std::uint64_t shown =
      static_cast<std::uint64_t>(time.tv_sec) * second + static_cast<std::uint64_t>(time.tv_nsec);
  return shown > start_of(clock) ? shown - start_of(clock) : 0;
}

std::uint64_t deadline_after(const timespec& time) {
  const std::uint64_t wait = deadline_of(CLOCK_PROCESS_CPUTIME_ID, time);
  return wait > no_deadline - 1 - scheduler.now() ? no_deadline - 1 : scheduler.now() + wait;
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int clock_gettime(clockid_t clock, timespec* out) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::clock_gettime()(clock, out);
  look_at_clock(*self, REDFLAG_CALLER);
  *out = time_of(clock, scheduler.now());
  return 0;
}

REDFLAG_SHIM int gettimeofday(timeval* out, void* zone) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::gettimeofday()(out, zone);
  look_at_clock(*self, REDFLAG_CALLER);
  const timespec time = time_of(CLOCK_REALTIME, scheduler.now());
  *out = {time.tv_sec, time.tv_nsec / 1000};
  return 0;
}

REDFLAG_SHIM time_t time(time_t* out) noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::time()(out);
  look_at_clock(*self, REDFLAG_CALLER);
  const time_t seconds = time_of(CLOCK_REALTIME, scheduler.now()).tv_sec;
  if (out != nullptr) *out = seconds;
  return seconds;
}

REDFLAG_SHIM clock_t clock() noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::clock()();
  look_at_clock(*self, REDFLAG_CALLER);
  return static_cast<clock_t>(scheduler.now() / (second / CLOCKS_PER_SEC));
}

REDFLAG_SHIM int timespec_get(timespec* out, int base) noexcept {
  Thread* self = controlled();
  if (self == nullptr || base != TIME_UTC) return next::timespec_get()(out, base);
  look_at_clock(*self, REDFLAG_CALLER);
  *out = time_of(CLOCK_REALTIME, scheduler.now());
  return base;
}

REDFLAG_SHIM int nanosleep(const timespec* wait, timespec* left) {
  Thread* self = controlled();
  if (self == nullptr) return next::nanosleep()(wait, left);
  if (!is_valid(*wait)) {
    errno = EINVAL;
    return -1;
  }
  const timespec rest = sleep_until(*self, deadline_after(*wait), REDFLAG_CALLER);
  if (is_over(rest)) return 0;
  if (left != nullptr) *left = rest;
  errno = EINTR;
  return -1;
}

REDFLAG_SHIM int clock_nanosleep(clockid_t clock, int flags, const timespec* wait, timespec* left) {
  Thread* self = controlled();
  if (self == nullptr) return next::clock_nanosleep()(clock, flags, wait, left);
  if (!is_valid(*wait)) return EINVAL;
  const bool absolute = (flags & TIMER_ABSTIME) != 0;
  const std::uint64_t deadline = absolute ? deadline_of(clock, *wait) : deadline_after(*wait);
  const timespec rest = sleep_until(*self, deadline, REDFLAG_CALLER);
  if (is_over(rest)) return 0;
  if (left != nullptr && !absolute) *left = rest;
  return EINTR;
}

REDFLAG_SHIM int usleep(useconds_t wait) {
  Thread* self = controlled();
  if (self == nullptr) return next::usleep()(wait);
  const timespec time = {static_cast<time_t>(wait / 1000000),
                         static_cast<long>(wait % 1000000) * 1000};
  if (is_over(sleep_until(*self, deadline_after(time), REDFLAG_CALLER))) return 0;
  errno = EINTR;
  return -1;
}

REDFLAG_SHIM unsigned sleep(unsigned wait) {
  Thread* self = controlled();
  if (self == nullptr) return next::sleep()(wait);
  const std::uint64_t deadline = deadline_after({static_cast<time_t>(wait), 0});
  const timespec rest = sleep_until(*self, deadline, REDFLAG_CALLER);
  return static_cast<unsigned>(rest.tv_sec) + (rest.tv_nsec > 0 ? 1 : 0);
}

REDFLAG_SHIM int sched_yield() noexcept {
  Thread* self = controlled();
  if (self == nullptr) return next::sched_yield()();
  scheduler.step(*self, operation(Action::yield, REDFLAG_CALLER));
  return 0;
}
