#include <redflag/kind.h>

#include <array>
#include <utility>

namespace redflag {
namespace {

constexpr auto names = std::to_array<std::pair<Kind, std::string_view>>({
    {Kind::data_race, "data-race"},
    {Kind::data_race_on_vptr, "data-race-on-vptr"},
    {Kind::virtual_call_vs_free, "virtual-call-vs-free"},
    {Kind::race_on_external_object, "race-on-external-object"},
    {Kind::thread_leak, "thread-leak"},
    {Kind::destroy_of_locked_mutex, "destroy-of-locked-mutex"},
    {Kind::double_lock, "double-lock"},
    {Kind::use_of_invalid_mutex, "use-of-invalid-mutex"},
    {Kind::unlock_of_unlocked_mutex, "unlock-of-unlocked-mutex"},
    {Kind::read_lock_of_write_locked_mutex, "read-lock-of-write-locked-mutex"},
    {Kind::read_unlock_of_write_locked_mutex, "read-unlock-of-write-locked-mutex"},
    {Kind::signal_unsafe_call, "signal-unsafe-call"},
    {Kind::errno_spoiled_in_signal_handler, "errno-spoiled-in-signal-handler"},
    {Kind::lock_order_inversion, "lock-order-inversion"},
    {Kind::mutex_held_in_wrong_context, "mutex-held-in-wrong-context"},
    {Kind::heap_use_after_free, "heap-use-after-free"},
    {Kind::double_free, "double-free"},
    {Kind::bad_free, "bad-free"},
    {Kind::alloc_dealloc_mismatch, "alloc-dealloc-mismatch"},
    {Kind::new_delete_type_mismatch, "new-delete-type-mismatch"},
    {Kind::heap_buffer_overflow, "heap-buffer-overflow"},
    {Kind::stack_buffer_overflow, "stack-buffer-overflow"},
    {Kind::global_buffer_overflow, "global-buffer-overflow"},
    {Kind::container_overflow, "container-overflow"},
    {Kind::stack_use_after_return, "stack-use-after-return"},
    {Kind::stack_use_after_scope, "stack-use-after-scope"},
    {Kind::use_after_poison, "use-after-poison"},
    {Kind::initialization_order_fiasco, "initialization-order-fiasco"},
    {Kind::stack_overflow, "stack-overflow"},
    {Kind::allocation_size_too_big, "allocation-size-too-big"},
    {Kind::negative_size_param, "negative-size-param"},
    {Kind::memcpy_param_overlap, "memcpy-param-overlap"},
    {Kind::memory_leak, "memory-leak"},
    {Kind::undefined_behavior, "undefined-behavior"},
    {Kind::forbidden_outcome, "forbidden-outcome"},
    {Kind::hang, "hang"},
    {Kind::crash, "crash"},
    {Kind::abort, "abort"},
    {Kind::uncaught_exception, "uncaught-exception"},
    {Kind::unexpected_exit, "unexpected-exit"},
    {Kind::deadlock, "deadlock"},
    {Kind::lost_wakeup, "lost-wakeup"},
    {Kind::livelock, "livelock"},
    {Kind::other, "other"},
});

static_assert(names.size() == static_cast<std::size_t>(Kind::other) + 1);

}  // namespace

std::string_view to_string(Kind kind) {
  for (const auto& [known, name] : names) {
    if (known == kind) return name;
  }
  return "other";
}

std::optional<Kind> kind_from_string(std::string_view text) {
  for (const auto& [kind, name] : names) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

}  // namespace redflag
