#include "reports/words.h"

#include <fmt/format.h>

#include <cmath>

namespace redflag::reports {

std::string number(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string count(std::uint64_t value, std::string_view noun) {
  if (value == 1) return fmt::format("1 {}", noun);
  const bool hisses = noun.ends_with("s") || noun.ends_with("x") || noun.ends_with("ch");
  return fmt::format("{} {}{}", number(value), noun, hisses ? "es" : "s");
}

std::string percent(double share) {
  const double value = share * 100;
  if (share <= 0) return "0%";
  if (share >= 1) return "100%";
  if (value < 0.01) return "<0.01%";
  if (value < 1) return fmt::format("{:.2g}%", value);
  if (value < 9.95) return fmt::format("{:.1f}%", value);
  if (value <= 99) return fmt::format("{:.0f}%", value);
  return value > 99.9 ? ">99.9%" : fmt::format("{:.1f}%", value);
}

std::string interval(const Rate& rate) {
  std::string low = percent(rate.low);
  if (low.ends_with('%')) low.pop_back();
  return fmt::format("{}–{}", low, percent(rate.high));
}

std::string significant(double value) {
  if (!std::isfinite(value) || value < 0) return "?";
  if (value >= 99.95) return number(static_cast<std::uint64_t>(std::llround(value)));
  return fmt::format("{:.3g}", value);
}

std::string times(const Cost& cost) {
  return cost.unsafe_ns > 0 ? significant(cost.safe_ns / cost.unsafe_ns) + "×" : "?";
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "?";
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", number(whole / 3600), whole / 60 % 60);
}

State state_of(const Run& run) {
  if (run.status != Status::ran || !run.verdict) return State::not_judged;
  switch (*run.verdict) {
    case Verdict::as_expected:
      return State::as_expected;
    case Verdict::missed:
      return State::missed;
    case Verdict::false_alarm:
      return State::false_alarm;
    case Verdict::unexpected:
      return State::unexpected;
  }
  return State::not_judged;
}

std::string_view symbol(State state) {
  switch (state) {
    case State::as_expected:
      return "✓";
    case State::missed:
      return "✗";
    case State::false_alarm:
      return "⚑";
    case State::unexpected:
      return "‼";
    case State::not_judged:
      return "–";
  }
  return "?";
}

std::string state_words(const Run& run) {
  if (run.status != Status::ran) return fmt::format("did not run: {}", to_string(run.status));
  return run.verdict ? std::string(to_string(*run.verdict)) : "no verdict";
}

std::string_view unit(const Run& run) { return run.mode == Mode::explore ? "schedule" : "process"; }

std::string search_words(const Run& run) {
  const auto& search = run.search.exhaustive;
  if (!search) return {};
  std::string words = search->complete ? "all schedules" : "not all schedules";
  words += search->preemptions
               ? fmt::format(" within {}", count(*search->preemptions, "preemption"))
               : ", any number of preemptions";
  if (run.search.disturbed > 0)
    words += fmt::format("; {} with early time-outs and spurious wake-ups",
                         count(run.search.disturbed, "schedule"));
  return words;
}

}  // namespace redflag::reports
