#include "lifecycle/thread_failure.h"

#include <dlfcn.h>

#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace redflag {
namespace {

thread_local std::optional<std::size_t> left;

using Start = void (*)(std::thread*, std::unique_ptr<std::thread::_State>, void (*)());

Start standard_start() {
  constexpr const char* name =
      "_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE";
  return reinterpret_cast<Start>(dlsym(RTLD_NEXT, name));
}

// Looked up before any test: under the explorer a thing of the first execution alone is left
// behind.
const Start next_start = standard_start();

}  // namespace

ThreadFailure::ThreadFailure(std::size_t possible) { left = possible; }
ThreadFailure::~ThreadFailure() { left.reset(); }

}  // namespace redflag

// Stands in front of libstdc++'s. Not pthread_create(): sanitizers and the explorer have their own.
void std::thread::_M_start_thread(_State_ptr state, void (*depends)()) {
  if (redflag::left && (*redflag::left)-- == 0)
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
  redflag::next_start(this, std::move(state), depends);
}
