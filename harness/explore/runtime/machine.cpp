// What the program sees of the machine. While it is controlled it has one core, but it must not
// know: a program that starts a thread a core would start but one, and spin locks would not spin.
// The answer is the same on every machine, so that equal schedules are.
#include <sched.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <pthread.h>

#include "explore/runtime/next.h"

REDFLAG_NEXT(get_nprocs);
REDFLAG_NEXT(get_nprocs_conf);
REDFLAG_NEXT(sysconf);
REDFLAG_NEXT(sched_getaffinity);
REDFLAG_NEXT(pthread_getaffinity_np);

namespace redflag::explorer {
namespace {

constexpr unsigned cores = 4;

void fill(cpu_set_t* set, std::size_t size) {
  auto* bytes = reinterpret_cast<volatile unsigned char*>(set);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = i == 0 ? (1U << cores) - 1 : 0;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM int get_nprocs() noexcept {
  return controlled() != nullptr ? static_cast<int>(cores) : next::get_nprocs()();
}

REDFLAG_SHIM int get_nprocs_conf() noexcept {
  return controlled() != nullptr ? static_cast<int>(cores) : next::get_nprocs_conf()();
}

REDFLAG_SHIM long sysconf(int name) noexcept {
  const bool asks = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
  return asks && controlled() != nullptr ? long{cores} : next::sysconf()(name);
}

REDFLAG_SHIM int sched_getaffinity(pid_t process, std::size_t size, cpu_set_t* set) noexcept {
  const int result = next::sched_getaffinity()(process, size, set);
  if (result == 0 && controlled() != nullptr) fill(set, size);
  return result;
}

REDFLAG_SHIM int pthread_getaffinity_np(pthread_t thread, std::size_t size,
                                        cpu_set_t* set) noexcept {
  const int result = next::pthread_getaffinity_np()(thread, size, set);
  if (result == 0 && controlled() != nullptr) fill(set, size);
  return result;
}
