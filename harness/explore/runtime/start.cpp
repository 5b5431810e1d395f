// Where the runtime comes to life: when it is loaded, if its environment says what to do.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "explore/page.h"
#include "explore/runtime/atomic.h"
#include "explore/runtime/death.h"
#include "explore/runtime/execution.h"
#include "explore/runtime/next.h"
#include "explore/runtime/noise.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/warm_up.h"

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

bool is_at_end_of(const char* text, const char* end) {
  const auto length = [](const char* of) {
    std::size_t size = 0;
    while (of[size] != '\0') ++size;
    return size;
  };
  const std::size_t size = length(text);
  const std::size_t tail = length(end);
  if (size < tail) return false;
  for (std::size_t i = 0; i < tail; ++i) {
    if (text[size - tail + i] != end[i]) return false;
  }
  return true;
}

// Programs that this one starts run free, and know nothing of an explorer: its library stands at
// the end of LD_PRELOAD, behind the user's own.
void leave_environment() {
  unsetenv(page_fd_variable);
  unsetenv(server_fds_variable);
  unsetenv(inside_variable);
  Dl_info own = {};
  char* const libraries = std::getenv("LD_PRELOAD");
  if (libraries == nullptr || dladdr(reinterpret_cast<void*>(&leave_environment), &own) == 0 ||
      !is_at_end_of(libraries, own.dli_fname))
    return;
  char* end = nullptr;  // of the user's own
  for (char* at = libraries; *at != '\0'; ++at) {
    if (*at == ':') end = at;
  }
  if (end == nullptr) {
    unsetenv("LD_PRELOAD");
  } else {
    *end = '\0';
  }
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
    leave_environment();
    serve(in, out, warm_up());
  } else {
    leave_environment();
  }
  if (inside) return;
  if (page->instrumented == 0) note_crashes();
  begin_execution();
}

__attribute__((destructor(101))) void on_exit() {
  if (page == nullptr) return;
  end_noise();
  if (controlled() != nullptr) scheduler.finish_process();
}

}  // namespace
}  // namespace redflag::explorer
