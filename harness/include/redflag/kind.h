// The kinds of defect redflag knows, whatever tool saw them.
#pragma once

#include <optional>
#include <string_view>

namespace redflag {

/// What a finding is. One kind per defect class, so that the same bug seen by two tools has one
/// kind. A report whose kind no parser knows becomes `other` and keeps its text.
enum class Kind {
  // ThreadSanitizer
  data_race,
  data_race_on_vptr,
  virtual_call_vs_free,
  race_on_external_object,
  thread_leak,
  destroy_of_locked_mutex,
  double_lock,
  use_of_invalid_mutex,
  unlock_of_unlocked_mutex,
  read_lock_of_write_locked_mutex,
  read_unlock_of_write_locked_mutex,
  signal_unsafe_call,
  errno_spoiled_in_signal_handler,
  lock_order_inversion,
  mutex_held_in_wrong_context,
  // ThreadSanitizer and AddressSanitizer
  heap_use_after_free,
  // AddressSanitizer
  double_free,
  bad_free,
  alloc_dealloc_mismatch,
  new_delete_type_mismatch,
  heap_buffer_overflow,
  stack_buffer_overflow,
  global_buffer_overflow,
  container_overflow,
  stack_use_after_return,
  stack_use_after_scope,
  use_after_poison,
  initialization_order_fiasco,
  stack_overflow,
  allocation_size_too_big,
  negative_size_param,
  memcpy_param_overlap,
  // LeakSanitizer, UndefinedBehaviorSanitizer
  memory_leak,
  undefined_behavior,
  // redflag itself, in any mode
  forbidden_outcome,
  hang,
  crash,
  abort,
  uncaught_exception,
  unexpected_exit,
  // the explorer
  deadlock,     ///< no thread can go on, and no time-out is pending
  lost_wakeup,  ///< such a deadlock, and a waiter's condition was signalled before it waited
  livelock,     ///< threads run and run and get nowhere
  // any tool
  other,
};

/// The stable identifier used in JSON, JUnit and signatures, for example "data-race".
std::string_view to_string(Kind kind);

/// The kind with that identifier, or nothing if there is none.
std::optional<Kind> kind_from_string(std::string_view text);

}  // namespace redflag
