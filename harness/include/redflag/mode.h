// How a program is built and run.
#pragma once

#include <optional>
#include <string_view>

#include <redflag/kind.h>

namespace redflag {

/// How a variant is built and run. `asan` is AddressSanitizer with UBSan and LeakSanitizer;
/// `explore` is the program of `tsan` under the controlled scheduler.
enum class Mode : unsigned { plain = 1, tsan = 2, asan = 4, explore = 8 };

inline constexpr Mode all_modes_list[] = {Mode::plain, Mode::tsan, Mode::asan, Mode::explore};

/// "plain", "tsan", "asan" or "explore".
constexpr std::string_view to_string(Mode mode) {
  switch (mode) {
    case Mode::plain:
      return "plain";
    case Mode::tsan:
      return "tsan";
    case Mode::asan:
      return "asan";
    case Mode::explore:
      return "explore";
  }
  return "?";
}

/// The mode with that name, or nothing if there is none.
constexpr std::optional<Mode> mode_from_string(std::string_view text) {
  for (const Mode mode : all_modes_list) {
    if (to_string(mode) == text) return mode;
  }
  return std::nullopt;
}

/// A set of modes: `Mode::plain | Mode::tsan`.
struct Modes {
  unsigned bits = 0;
  constexpr Modes(Mode mode) : bits(static_cast<unsigned>(mode)) {}  // NOLINT: a mode is a set
  constexpr explicit Modes(unsigned raw) : bits(raw) {}
  [[nodiscard]] constexpr bool has(Mode mode) const {
    return (bits & static_cast<unsigned>(mode)) != 0;
  }
};
constexpr Modes operator|(Modes a, Modes b) { return Modes(a.bits | b.bits); }
constexpr Modes operator|(Modes a, Mode b) { return a | Modes(b); }
constexpr Modes operator|(Mode a, Mode b) { return Modes(a) | Modes(b); }

/// The modes in which threads run as the machine happens to run them.
inline constexpr Modes stress_modes = Mode::plain | Mode::tsan | Mode::asan;
/// The modes in which ThreadSanitizer looks on.
inline constexpr Modes with_tsan = Mode::tsan | Mode::explore;
inline constexpr Modes any_mode = stress_modes | Mode::explore;

/// The modes in which a tool exists that can report `kind` at all.
constexpr Modes modes_that_can_see(Kind kind) {
  if (kind <= Kind::mutex_held_in_wrong_context && kind != Kind::thread_leak) return with_tsan;
  if (kind == Kind::heap_use_after_free) return with_tsan | Mode::asan;
  if (kind >= Kind::double_free && kind <= Kind::undefined_behavior) return Mode::asan;
  if (kind >= Kind::deadlock && kind <= Kind::livelock) return Mode::explore;
  return any_mode;
}

}  // namespace redflag
