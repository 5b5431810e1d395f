// Ends of the process that call no destructors: on_exit() in start.cpp does not see them, and an
// execution that ends so would seem to have died.
#include <unistd.h>

#include <cstdlib>

#include "explore/runtime/next.h"

REDFLAG_NEXT(_exit);
REDFLAG_NEXT(_Exit);
REDFLAG_NEXT(quick_exit);

namespace {

void end_execution() {
  redflag::explorer::end_noise();
  if (redflag::explorer::controlled() != nullptr) redflag::explorer::scheduler.finish_process();
}

}  // namespace

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

// NOLINTBEGIN(bugprone-reserved-identifier): the C library's names
REDFLAG_SHIM void _exit(int code) {
  end_execution();
  next::_exit()(code);
  __builtin_unreachable();
}

REDFLAG_SHIM void _Exit(int code) noexcept {
  end_execution();
  next::_Exit()(code);
  __builtin_unreachable();
}
// NOLINTEND(bugprone-reserved-identifier)

REDFLAG_SHIM void quick_exit(int code) noexcept {
  end_execution();
  next::quick_exit()(code);
  __builtin_unreachable();
}
