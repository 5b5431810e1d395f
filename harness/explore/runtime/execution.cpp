#include "explore/runtime/execution.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

#include "explore/runtime/atomic.h"
#include "explore/runtime/memory.h"
#include "explore/runtime/next.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/stack.h"
#include "explore/runtime/thread.h"

REDFLAG_NEXT(fork);

namespace redflag::explorer {

constinit Page* page = nullptr;
constinit bool inside = false;

namespace {

constexpr unsigned most_fork_tries = 50;
constexpr timespec fork_pause = {0, 20000000};
constexpr unsigned most_in_a_process = 2000;  // what grows, in the program or its sanitizer, ends

constinit int requests = -1;
constinit int answers = -1;
constinit unsigned executions = 0;  // begun in this process
constinit bool requested = false;   // the first of them, before this process was there
constinit bool can_go_on = true;
constinit bool is_over = false;  // no more requests for this process

void answer(const Answer& told) { raw::call(SYS_write, answers, raw::word(&told), sizeof told); }

// Nothing is left of the execution that the next one could see, as far as the explorer knows.
bool left_nothing(const Page& done) {
  if (done.end != End::complete || done.uncontrolled != 0 || done.forks != 0) return false;
  for (std::uint32_t i = 1; i < done.thread_count; ++i) {
    if (done.threads[i].joined == 0) return false;  // a detached one may still be on its way out
  }
  return true;
}

bool await_request() {
  if (requested) {
    requested = false;
    return true;
  }
  if (requests < 0) return executions == 0;
  if (executions > 0) {
    if (!can_go_on || executions == most_in_a_process) return false;
    answer({static_cast<std::int32_t>(raw::call(SYS_getpid)), 0, 1});
  }
  Request request = Request::leave;
  return raw::call(SYS_read, requests, raw::word(&request), 1) == 1 && request == Request::execute;
}

template <std::size_t N>
void copy_text(char (&to)[N], const char* text) {
  std::size_t i = 0;
  for (; text != nullptr && i + 1 < N && text[i] != '\0'; ++i) to[i] = text[i];
  to[i] = '\0';
}

}  // namespace

void begin_execution() {
  if (executions++ == 0) note_modules(*page);
  page->executions.fetch_add(1, std::memory_order_relaxed);
  take_racing(*page);
  if (page->spec.strategy == StrategyId::noise) return begin_noise(*page);
  scheduler.begin(*page);
  watch_thread_end(*current_thread);
}

void serve(int in, int out, bool alone) {
  for (;;) {
    Request request = Request::leave;
    if (raw::call(SYS_read, in, raw::word(&request), 1) != 1) raw::exit_process(0);
    // fork() is for locks that other threads may hold, and has ThreadSanitizer start a thread of
    // its own in the child.
    pid_t child = -1;
    for (unsigned tries = 0; child < 0 && tries < most_fork_tries; ++tries) {
      if (tries > 0) raw::call(SYS_nanosleep, raw::word(&fork_pause));  // a busy machine
      child = alone ? _Fork() : next::fork()();
    }
    if (child < 0) {
      const Answer none = {-1, errno, 0};
      raw::call(SYS_write, out, raw::word(&none), sizeof none);
      continue;
    }
    if (child == 0) {
      raw::call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL);
      if (inside) {
        take_requests(in, out);
        requested = true;
        return;
      }
      raw::call(SYS_close, in);
      raw::call(SYS_close, out);
      return;
    }
    page->child = child;
    Answer told = {child, 0, 0};
    raw::call(SYS_wait4, child, raw::word(&told.status), 0, 0);
    page->child = 0;
    raw::call(SYS_write, out, raw::word(&told), sizeof told);
  }
}

void take_requests(int in, int out) {
  requests = in;
  answers = out;
}

}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

/// Whether somebody explores, and redflag_explore_next() is to be called.
REDFLAG_SHIM bool redflag_explore_is_there() { return inside; }

/// For a program that says itself where an execution begins and ends: begins the next one, which is
/// all that the calling thread does from now on. False if there is none: nobody explores, or this
/// process is to exit.
REDFLAG_SHIM bool redflag_explore_next() {
  is_over = is_over || !inside || !await_request();
  if (!is_over) begin_execution();
  return !is_over;
}

/// Ends it. `outcome`: what it saw, as text. `signature` and `message`: of the finding if that is
/// forbidden, else null.
REDFLAG_SHIM void redflag_explore_end(const char* outcome, const char* signature,
                                      const char* message) {
  if (page == nullptr) return;
  copy_text(page->outcome, outcome);
  copy_text(page->forbidden, signature);
  copy_text(page->forbidden_message, message);
  if (noisy) {
    end_noise();
  } else if (controlled() != nullptr) {
    scheduler.end();
  }
  can_go_on = page->spec.last == 0 && left_nothing(*page);
}

/// For a child of a program that explores a function of its own: what on_load() does for others.
REDFLAG_SHIM void redflag_explore_attach(Page* shared, int in, int out) {
  page = shared;
  inside = true;
  page->instrumented = is_instrumented() ? 1 : 0;
  page->magic = Page::magic_number;
  take_requests(in, out);
}
