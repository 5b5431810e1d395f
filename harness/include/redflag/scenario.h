// What a scenario's program declares. A program is one .cpp file that defines redflag::program:
//
//   redflag::Outcome body();   // one execution
//
//   constexpr redflag::Program redflag::program{
//       .body = body,
//       .expect = {must(Mode::tsan, Kind::data_race, "Engine::stop")},
//       .outcomes = {acceptable("processed=4", "every task was processed"),
//                    forbidden("*", "a task was lost")}};
//
// The main() that runs it is in harness/program.
#pragma once

#include <redflag/kind.h>
#include <redflag/mode.h>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace redflag {

/// What one execution saw, as text: `Outcome{{"processed", 4}, {"stopped", true}}` is
/// "processed=4 stopped=true". Keep it free of anything that differs without meaning (addresses,
/// times), because equal outcomes are counted together.
class Outcome {
 public:
  class Value {
   public:
    Value(std::integral auto number) : text_(std::to_string(number)) {}  // NOLINT: any number
    Value(bool yes) : text_(yes ? "true" : "false") {}                   // NOLINT: any truth
    Value(const char* text) : text_(text) {}                             // NOLINT: any text
    Value(std::string text) : text_(std::move(text)) {}                  // NOLINT: any text
    [[nodiscard]] const std::string& text() const { return text_; }

   private:
    std::string text_;
  };
  struct Field {
    std::string_view name;
    Value value;
  };
  Outcome(std::initializer_list<Field> fields);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

namespace detail {
/// A list of fixed capacity, so that a Program can be a constant.
template <typename T, std::size_t N>
class List {
 public:
  constexpr List() = default;
  consteval List(std::initializer_list<T> items) : size_(items.size()) {
    if (items.size() > N) throw "too many entries";
    std::size_t i = 0;
    for (const T& item : items) items_[i++] = item;
  }
  [[nodiscard]] constexpr std::span<const T> all() const { return {items_, size_}; }

 private:
  T items_[N] = {};
  std::size_t size_ = 0;
};
}  // namespace detail

using Kinds = detail::List<Kind, 12>;

/// What a program may show once its memory is corrupted and no tool stops it: anything.
inline constexpr Kinds memory_corruption = {Kind::crash,
                                            Kind::abort,
                                            Kind::hang,
                                            Kind::uncaught_exception,
                                            Kind::unexpected_exit,
                                            Kind::thread_leak,
                                            Kind::forbidden_outcome,
                                            Kind::deadlock,
                                            Kind::lost_wakeup,
                                            Kind::livelock};

/// What ThreadSanitizer may say of a program that uses memory after it was freed: by then it may
/// hold something else, and be taken for the size of a block to allocate.
inline constexpr Kinds reused_memory = {Kind::data_race, Kind::data_race_on_vptr,
                                        Kind::heap_use_after_free, Kind::virtual_call_vs_free,
                                        Kind::allocation_size_too_big};

/// And of one that uses a mutex after it was destroyed, or after its memory was freed.
inline constexpr Kinds misused_mutex = {Kind::destroy_of_locked_mutex, Kind::use_of_invalid_mutex,
                                        Kind::unlock_of_unlocked_mutex, Kind::double_lock,
                                        Kind::lock_order_inversion};

/// What AddressSanitizer with UBSan may say of a program that uses or frees memory after it was
/// freed. Which of them is a matter of timing: its check comes before the access, not with it. If
/// another thread frees the block in between, the access passes, and reads what ASan writes into
/// the first bytes of a freed block (who freed it) as if it were a pointer: no use after free is
/// reported then, but what the wild pointer does next.
inline constexpr Kinds freed_memory = {Kind::heap_use_after_free,
                                       Kind::double_free,
                                       Kind::bad_free,
                                       Kind::new_delete_type_mismatch,
                                       Kind::heap_buffer_overflow,
                                       Kind::container_overflow,
                                       Kind::allocation_size_too_big,
                                       Kind::negative_size_param,
                                       Kind::memcpy_param_overlap,
                                       Kind::undefined_behavior,
                                       Kind::crash};

/// Findings that a program must or may show in some modes.
struct Expectation {
  Modes modes = any_mode;
  Kinds kinds;
  bool required = false;  ///< must: absent from a campaign means the verdict is *missed*
  /// One of the program's own, on one of the finding's stacks: "stop", or "Engine::stop"; "" = any.
  std::string_view function;
};

/// How an outcome is graded. `pattern` may hold `*`, which stands for any text. The first pattern
/// that fits decides; an outcome that none fits is forbidden.
struct ExpectedOutcome {
  std::string_view pattern;
  bool allowed = false;
  std::string_view why;
};

namespace detail {
consteval Expectation expectation(Modes modes, Kinds kinds, bool required,
                                  std::string_view function) {
  for (const Kind kind : kinds.all()) {
    if ((modes.bits & ~modes_that_can_see(kind).bits) != 0)
      throw "an expectation names a mode in which no tool reports this kind";
  }
  return {modes, kinds, required, function};
}
}  // namespace detail

/// Seen in every campaign of each of `modes`; if it is not, the verdict is *missed*.
consteval Expectation must(Modes modes, Kind kind, std::string_view function = {}) {
  return detail::expectation(modes, {kind}, true, function);
}

/// Possible in `modes`; its rate is reported.
consteval Expectation may(Modes modes, Kind kind, std::string_view function = {}) {
  return detail::expectation(modes, {kind}, false, function);
}
/// A family of kinds, each in those of `modes` in which a tool can report it.
consteval Expectation may(Modes modes, Kinds kinds) { return {modes, kinds, false, {}}; }

consteval ExpectedOutcome acceptable(std::string_view pattern, std::string_view why) {
  return {pattern, true, why};
}

consteval ExpectedOutcome forbidden(std::string_view pattern, std::string_view why) {
  return {pattern, false, why};
}

/// One variant of a scenario. Its name, scenario and side come from its file's path.
struct Program {
  Outcome (*body)();  ///< run once an execution; leaves no state that the next one could see
  detail::List<Expectation, 24> expect;
  detail::List<ExpectedOutcome, 8> outcomes;
  /// Where the program stands: scenarios/SCENARIO/VARIANT.cpp. Filled by the compiler.
  std::string_view file = __builtin_FILE();
};

/// Whether `text` fits `pattern`, in which each `*` stands for any text.
constexpr bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*')
    return !text.empty() && pattern.front() == text.front() &&
           fits(pattern.substr(1), text.substr(1));
  return fits(pattern.substr(1), text) || (!text.empty() && fits(pattern, text.substr(1)));
}

/// Whether the explorer decides the schedule of this program.
bool is_explored();

/// How often a body gives its threads the opportunity to meet badly: `in_stress` times where they
/// must do so by chance, once under the explorer, which brings them together itself and whose
/// searches end only if executions are short.
template <std::integral Number>
Number rounds(Number in_stress) {
  return is_explored() ? Number{1} : in_stress;
}

/// Defined by the scenario's program.
extern const Program program;

}  // namespace redflag
