// Ends of the process. That main() returns, or that somebody calls exit(), is a step: threads that
// nobody joins may go on before it, and not after. Ends that call no destructors are not seen by
// on_exit() in start.cpp, and an execution that ends so would seem to have died.
#include <unistd.h>

#include <cstdlib>

#include "explore/runtime/death.h"
#include "explore/runtime/next.h"

using Main = int (*)(int, char**, char**);
// NOLINTNEXTLINE(bugprone-reserved-identifier): glibc's
extern "C" int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                                 void (*rtld_fini)(), void* stack_end);

REDFLAG_NEXT(exit);
REDFLAG_NEXT(__libc_start_main);
REDFLAG_NEXT(_exit);
REDFLAG_NEXT(_Exit);
REDFLAG_NEXT(quick_exit);

namespace {

void end_execution() {
  redflag::explorer::end_noise();
  if (!redflag::explorer::scheduler.is_in_its_process()) return;
  if (redflag::explorer::controlled() != nullptr) redflag::explorer::scheduler.finish_process();
}

void step_to_exit(const void* caller) {
  using namespace redflag::explorer;  // NOLINT(google-build-using-namespace)
  if (Thread* self = controlled())
    scheduler.step(*self, {Action::process_exit, ObjectType::none, nullptr, caller});
}

Main main_of_program = nullptr;

int main_then_exit(int argc, char** argv, char** environment) {
  const int code = main_of_program(argc, argv, environment);
  step_to_exit(__builtin_return_address(0));
  return code;
}

}  // namespace

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

// NOLINTBEGIN(bugprone-reserved-identifier): the C library's names
REDFLAG_SHIM int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                                   void (*rtld_fini)(), void* stack_end) {
  main_of_program = main;
  return next::__libc_start_main()(main_then_exit, argc, argv, init, fini, rtld_fini, stack_end);
}

REDFLAG_SHIM void exit(int code) noexcept {
  step_to_exit(REDFLAG_CALLER);
  note_exit(code);
  next::exit()(code);
  __builtin_unreachable();
}

REDFLAG_SHIM void _exit(int code) {
  note_exit(code);
  end_execution();
  next::_exit()(code);
  __builtin_unreachable();
}

REDFLAG_SHIM void _Exit(int code) noexcept {
  note_exit(code);
  end_execution();
  next::_Exit()(code);
  __builtin_unreachable();
}
// NOLINTEND(bugprone-reserved-identifier)

REDFLAG_SHIM void quick_exit(int code) noexcept {
  note_exit(code);
  end_execution();
  next::quick_exit()(code);
  __builtin_unreachable();
}
