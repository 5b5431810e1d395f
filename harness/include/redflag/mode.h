// How a program is built and run.
#pragma once

#include <optional>
#include <string_view>

#include <redflag/kind.h>

namespace redflag {

/// How a variant is built and run. `asan` is AddressSanitizer with UBSan and LeakSanitizer.
enum class Mode : unsigned { plain = 1, tsan = 2, asan = 4 };

inline constexpr Mode all_modes_list[] = {Mode::plain, Mode::tsan, Mode::asan};

/// "plain", "tsan" or "asan".
constexpr std::string_view to_string(Mode mode) {
  switch (mode) {
    case Mode::plain:
      return "plain";
    case Mode::tsan:
      return "tsan";
    case Mode::asan:
      return "asan";
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
constexpr Modes operator|(Mode a, Mode b) { return Modes(a) | Modes(b); }

inline constexpr Modes any_mode = Mode::plain | Mode::tsan | Modes(Mode::asan);

/// The modes in which a tool exists that can report `kind` at all.
constexpr Modes modes_that_can_see(Kind kind) {
  if (kind <= Kind::mutex_held_in_wrong_context && kind != Kind::thread_leak) return Mode::tsan;
  if (kind == Kind::heap_use_after_free) return Mode::tsan | Mode::asan;
  if (kind >= Kind::double_free && kind <= Kind::undefined_behavior) return Mode::asan;
  return any_mode;
}

}  // namespace redflag
