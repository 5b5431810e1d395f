// Where the runtime comes to life: when it is loaded, if its environment says what to do.
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

#include "explore/page.h"
#include "explore/runtime/atomic.h"
#include "explore/runtime/execution.h"
#include "explore/runtime/next.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/raw.h"

REDFLAG_NEXT(fork);

// Absent from a program without a sanitizer.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" void __sanitizer_symbolize_pc(void* place, const char* format, char* text,
                                         std::size_t size) __attribute__((weak));

namespace redflag::explorer {
namespace {

int number_at(const char*& text) {
  int number = 0;
  while (*text >= '0' && *text <= '9') number = number * 10 + (*text++ - '0');
  if (*text == ',') ++text;
  return number;
}

void map_page(const char* number) {
  const int file = number_at(number);
  const long memory =
      raw::call(SYS_mmap, 0, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, file);
  if (memory < 0 && memory > -4096) return;  // no magic number: the driver will say so
  page = reinterpret_cast<Page*>(memory);
  page->instrumented = is_instrumented() ? 1 : 0;
  page->magic = Page::magic_number;
}

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

__attribute__((constructor(101))) void on_load() {
  const char* file = std::getenv(page_fd_variable);
  if (file == nullptr) return;
  map_page(file);
  if (page == nullptr) return;
  inside = std::getenv(inside_variable) != nullptr;
  if (const char* numbers = std::getenv(server_fds_variable)) {
    const int in = number_at(numbers);
    const int out = number_at(numbers);
    load_names();
    serve(in, out, inside);
  }
  if (!inside) begin_execution();
}

__attribute__((destructor(101))) void on_exit() {
  if (page == nullptr) return;
  end_noise();
  if (controlled() != nullptr) scheduler.finish_process();
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

// What the program forks runs free.
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
  }
  return child;
}
