#include "sanitizer/kinds.h"

#include <array>
#include <utility>

namespace redflag::sanitizer {
namespace {

using Name = std::pair<std::string_view, Kind>;

constexpr auto tsan_names = std::to_array<Name>({
    {"data race", Kind::data_race},
    {"data race on vptr (ctor/dtor vs virtual call)", Kind::data_race_on_vptr},
    {"heap-use-after-free", Kind::heap_use_after_free},
    {"heap-use-after-free (virtual call vs free)", Kind::virtual_call_vs_free},
    {"race on external object", Kind::race_on_external_object},
    {"thread leak", Kind::thread_leak},
    {"destroy of a locked mutex", Kind::destroy_of_locked_mutex},
    {"double lock of a mutex", Kind::double_lock},
    {"use of an invalid mutex (e.g. uninitialized or destroyed)", Kind::use_of_invalid_mutex},
    {"unlock of an unlocked mutex (or by a wrong thread)", Kind::unlock_of_unlocked_mutex},
    {"read lock of a write locked mutex", Kind::read_lock_of_write_locked_mutex},
    {"read unlock of a write locked mutex", Kind::read_unlock_of_write_locked_mutex},
    {"signal-unsafe call inside of a signal", Kind::signal_unsafe_call},
    {"signal handler spoils errno", Kind::errno_spoiled_in_signal_handler},
    {"lock-order-inversion (potential deadlock)", Kind::lock_order_inversion},
    {"mutex held in the wrong context", Kind::mutex_held_in_wrong_context},
});

// How the line starts: the rest of it is addresses.
constexpr auto asan_names = std::to_array<Name>({
    {"heap-use-after-free", Kind::heap_use_after_free},
    {"heap-buffer-overflow", Kind::heap_buffer_overflow},
    {"stack-buffer-overflow", Kind::stack_buffer_overflow},
    {"stack-buffer-underflow", Kind::stack_buffer_overflow},
    {"dynamic-stack-buffer-overflow", Kind::stack_buffer_overflow},
    {"global-buffer-overflow", Kind::global_buffer_overflow},
    {"container-overflow", Kind::container_overflow},
    {"stack-use-after-return", Kind::stack_use_after_return},
    {"stack-use-after-scope", Kind::stack_use_after_scope},
    {"use-after-poison", Kind::use_after_poison},
    {"initialization-order-fiasco", Kind::initialization_order_fiasco},
    {"stack-overflow", Kind::stack_overflow},
    {"requested allocation size", Kind::allocation_size_too_big},
    {"calloc parameters overflow", Kind::allocation_size_too_big},
    {"out-of-memory", Kind::allocation_size_too_big},
    {"allocator is out of memory", Kind::allocation_size_too_big},
    {"negative-size-param", Kind::negative_size_param},
    {"memcpy-param-overlap", Kind::memcpy_param_overlap},
    {"strcpy-param-overlap", Kind::memcpy_param_overlap},
    {"strcat-param-overlap", Kind::memcpy_param_overlap},
    {"strncpy-param-overlap", Kind::memcpy_param_overlap},
    {"strncat-param-overlap", Kind::memcpy_param_overlap},
    {"attempting double-free", Kind::double_free},
    {"attempting free on address which was not malloc()-ed", Kind::bad_free},
    {"alloc-dealloc-mismatch", Kind::alloc_dealloc_mismatch},
    {"new-delete-type-mismatch", Kind::new_delete_type_mismatch},
    {"SEGV", Kind::crash},
    {"FPE", Kind::crash},
    {"BUS", Kind::crash},
    {"ILL", Kind::crash},
    {"ABRT", Kind::crash},
    {"TRAP", Kind::crash},
    {"UNKNOWN SIGNAL", Kind::crash},
});

}  // namespace

Kind tsan_kind(std::string_view text) {
  for (const auto& [name, kind] : tsan_names) {
    if (text == name) return kind;
  }
  // An object with a registered tag is called by it: "race on Playlist".
  return text.starts_with("race on ") ? Kind::race_on_external_object : Kind::other;
}

Kind asan_kind(std::string_view text) {
  for (const auto& [name, kind] : asan_names) {
    if (text.starts_with(name)) return kind;
  }
  return Kind::other;
}

}  // namespace redflag::sanitizer
