#include "explore/runtime/warm_up.h"

#include <pthread.h>
#include <sched.h>
#include <sys/auxv.h>
#include <sys/single_threaded.h>

#include <cstddef>

#include "explore/runtime/atomic.h"
#include "explore/runtime/next.h"

REDFLAG_NEXT(pthread_create);
REDFLAG_NEXT(pthread_join);
REDFLAG_NEXT(pthread_mutex_lock);
REDFLAG_NEXT(pthread_mutex_unlock);
REDFLAG_NEXT(pthread_mutex_destroy);

// Absent from a program without a sanitizer.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" void __sanitizer_symbolize_pc(void* place, const char* format, char* text,
                                         std::size_t size) __attribute__((weak));

namespace redflag::explorer {
namespace {

// Where a sanitizer's reports are to have names, it reads them, or starts the process that does,
// when it first needs one. Here that happens once for all children. In each child the thread that
// reports would sleep for it, and on a busy machine so long that it would be taken to be stuck:
// another would go on, and the schedule would not be the one that was asked for.
void load_names() {
  if (__sanitizer_symbolize_pc == nullptr) return;
  char text[256];
  text[0] = '\0';
  auto* const place = reinterpret_cast<void*>(getauxval(AT_ENTRY) + 1);  // in _start
  __sanitizer_symbolize_pc(place, "%f", text, sizeof text);
  names_are_read = text[0] == '_';
}

// At the first lock of a process ThreadSanitizer clears the graph of its deadlock detector, which
// is megabytes: in each child 500 pages that would have to be copied first.
void clear_lock_graph() {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  next::pthread_mutex_lock()(&mutex);
  next::pthread_mutex_unlock()(&mutex);
  next::pthread_mutex_destroy()(&mutex);
}

// Before the first thread of a process ThreadSanitizer starts one of its own, which looks ten times
// a second whether memory is to be freed: in each child another 200 pages, and a thread that nobody
// schedules. Here neither can be started, for they would have to run on a core that does not exist,
// and it does not try again.
//
// Whether that went well.
bool start_no_background_thread() {
  bool failed = false;
  cpu_set_t none;
  CPU_ZERO(&none);
  CPU_SET(CPU_SETSIZE - 1, &none);
  pthread_attr_t usual;
  pthread_attr_t impossible;
  if (pthread_getattr_default_np(&usual) != 0) return false;
  if (pthread_attr_init(&impossible) == 0) {
    pthread_attr_setaffinity_np(&impossible, sizeof none, &none);
    pthread_setattr_default_np(&impossible);
    pthread_t thread = 0;
    const auto nothing = [](void* unused) { return unused; };
    failed = next::pthread_create()(&thread, &impossible, nothing, nullptr) != 0;
    if (!failed) next::pthread_join()(thread, nullptr);
    pthread_setattr_default_np(&usual);
    pthread_attr_destroy(&impossible);
  }
  pthread_attr_destroy(&usual);
  return failed;
}

}  // namespace

bool warm_up() {
  load_names();
  clear_lock_graph();
  const bool alone = __libc_single_threaded != 0;
  return alone && is_instrumented() ? start_no_background_thread() : alone;
}

}  // namespace redflag::explorer
