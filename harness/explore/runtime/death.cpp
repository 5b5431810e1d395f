// The program gives up: an assertion failed, nobody caught an exception, it crashed, or it ends
// with an exit code that says so. Where it did is noted, because afterwards nobody can say.
#include "explore/runtime/death.h"

#include <cassert>
#include <csignal>
#include <cstdlib>

#include "explore/runtime/next.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/stack.h"

REDFLAG_NEXT(abort);
REDFLAG_NEXT(__assert_fail);
REDFLAG_NEXT(sigaction);

namespace redflag::explorer {
namespace {

// Appends to the text of the page, as far as there is room.
class Text {
 public:
  explicit Text(Page& page) : text_(page.death_text) { text_[0] = '\0'; }
  Text& operator<<(const char* more) {
    if (more == nullptr) return *this;
    for (; *more != '\0' && size_ + 1 < sizeof(Page::death_text); ++more) text_[size_++] = *more;
    text_[size_] = '\0';
    return *this;
  }
  Text& operator<<(unsigned number) {
    char digits[12];
    std::size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    return *this << &digits[at];
  }

 private:
  char* text_;
  std::size_t size_ = 0;
};

// The page, if this is the first to die.
Page* note_death() {
  if (!scheduler.is_in_its_process()) return nullptr;
  const Thread* self = controlled();
  Page* page = self == nullptr ? noise_page() : scheduler.page();
  if (page == nullptr || page->death_text[0] != '\0') return nullptr;
  page->death_thread = self == nullptr ? 0 : self->id;
  fill_stack(page->death);
  if (self != nullptr) scheduler.describe_threads();
  return page;
}

void let_die(int signal) {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  next::sigaction()(signal, &action, nullptr);
}

// It dies of the signal all the same, as if there were no handler: of the same instruction again,
// or of the signal that somebody sent.
void on_crash(int signal, siginfo_t* info, void*) {
  let_die(signal);  // first: to look at the stack may crash, too
  if (Page* page = note_death()) Text(*page) << "crash";
  if (info->si_code <= 0) raw::call(SYS_tgkill, raw::call(SYS_getpid), raw::thread_id(), signal);
}

}  // namespace

void note_crashes() {
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    struct sigaction action = {};
    next::sigaction()(signal, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    next::sigaction()(signal, &action, nullptr);
  }
}

bool leave_crashes_alone(std::uintptr_t handler, int signal) {
  if (handler != reinterpret_cast<std::uintptr_t>(&on_crash)) return false;
  let_die(signal);
  return true;
}

void note_exit(int code) {
  if (code != 0) note_death();
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM void abort() noexcept {
  if (Page* page = note_death()) Text(*page) << "abort";
  next::abort()();
  __builtin_unreachable();
}

// NOLINTNEXTLINE(bugprone-reserved-identifier): the C library's name
REDFLAG_SHIM void __assert_fail(const char* assertion, const char* file, unsigned line,
                                const char* function) noexcept {
  if (Page* page = note_death())
    Text(*page) << assertion << " (" << file << ":" << line << ", " << function << ")";
  next::__assert_fail()(assertion, file, line, function);
  __builtin_unreachable();
}
