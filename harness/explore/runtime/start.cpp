// Where the runtime comes to life: when it is loaded, if its environment says what to do.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "explore/page.h"
#include "explore/runtime/atomic.h"
#include "explore/runtime/execution.h"
#include "explore/runtime/next.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/warm_up.h"

REDFLAG_NEXT(fork);

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

__attribute__((constructor(101))) void on_load() {
  const char* file = std::getenv(page_fd_variable);
  if (file == nullptr) return;
  map_page(file);
  if (page == nullptr) return;
  inside = std::getenv(inside_variable) != nullptr;
  if (const char* numbers = std::getenv(server_fds_variable)) {
    const int in = number_at(numbers);
    const int out = number_at(numbers);
    serve(in, out, warm_up());
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
