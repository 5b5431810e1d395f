#include "explore/runtime/timers.h"

#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

#include "explore/runtime/next.h"

REDFLAG_NEXT(alarm);
REDFLAG_NEXT(ualarm);
REDFLAG_NEXT(setitimer);
REDFLAG_NEXT(timer_create);

namespace redflag::explorer {
namespace {

constinit bool any = false;

}  // namespace

void forget_timers() { any = false; }
bool has_timers() { return any; }

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM unsigned alarm(unsigned seconds) noexcept {
  any = true;
  return next::alarm()(seconds);
}

REDFLAG_SHIM useconds_t ualarm(useconds_t value, useconds_t interval) noexcept {
  any = true;
  return next::ualarm()(value, interval);
}

REDFLAG_SHIM int setitimer(__itimer_which_t which, const itimerval* time,
                           itimerval* before) noexcept {
  any = true;
  return next::setitimer()(which, time, before);
}

REDFLAG_SHIM int timer_create(clockid_t clock, sigevent* event, timer_t* timer) noexcept {
  any = true;
  return next::timer_create()(clock, event, timer);
}
