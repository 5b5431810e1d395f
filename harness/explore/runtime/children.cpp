#include "explore/runtime/children.h"

#include <sys/wait.h>
#include <unistd.h>

#include <ctime>

#include "explore/runtime/next.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(fork);

namespace redflag::explorer {
namespace {

constexpr std::size_t most_children = 64;  // of more than that the last ones are looked at
constexpr long moment_ns = 5000000;

constinit pid_t children[most_children] = {};
constinit std::size_t child_count = 0;

bool lives(pid_t child) {
  siginfo_t info = {};
  return raw::call(SYS_waitid, P_PID, child, raw::word(&info), WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == 0;
}

}  // namespace

void forget_children() { child_count = 0; }

bool await_children() {
  const std::size_t kept = child_count < most_children ? child_count : most_children;
  for (std::size_t i = 0; i < kept; ++i) {
    if (!lives(children[i])) continue;
    const timespec moment = {0, moment_ns};
    raw::call(SYS_nanosleep, raw::word(&moment));
    return true;
  }
  return false;
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM pid_t fork() noexcept {
  Thread* self = controlled();
  if (self != nullptr) {
    scheduler.step(*self, {Action::process_fork, ObjectType::none, nullptr, REDFLAG_CALLER});
    ++scheduler.page()->forks;
  }
  const pid_t child = next::fork()();
  if (child == 0) {
    current_thread = nullptr;
    noisy = false;
  } else if (self != nullptr && child > 0) {
    children[child_count++ % most_children] = child;
  }
  return child;
}
