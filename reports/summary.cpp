#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "reports/view.h"
#include "reports/words.h"

namespace redflag::reports {
namespace {

/// A variant that went wrong in several ways is counted once, under the first of these.
constexpr std::array worst_first = {State::false_alarm, State::missed, State::unexpected,
                                    State::not_judged, State::as_expected};

State worst_of(const Variant& variant) {
  for (const State state : worst_first) {
    const auto is_so = [&](const Run* run) { return run != nullptr && state_of(*run) == state; };
    if (std::ranges::any_of(variant.runs, is_so)) return state;
  }
  return State::not_judged;  // it has no run at all
}

std::string what_went_wrong(State state, std::uint64_t variants) {
  const bool one = variants == 1;
  const std::string who = number(variants);
  switch (state) {
    case State::false_alarm:
      return who + (one ? " is safe and showed a finding" : " are safe and showed findings");
    case State::missed:
      return who + (one ? " missed a finding it must show" : " missed findings they must show");
    case State::unexpected:
      return who + " showed a finding " + (one ? "it does" : "they do") + " not declare";
    case State::not_judged:
      return who + " did not run in some mode";
    case State::as_expected:
      break;
  }
  return {};
}

std::string declared_part(const View& view) {
  std::array<std::uint64_t, worst_first.size()> counts{};
  std::uint64_t total = 0;
  for (const Scenario& scenario : view.scenarios) {
    for (const Variant& variant : scenario.variants) {
      ++counts.at(static_cast<std::size_t>(worst_of(variant)));
      ++total;
    }
  }
  const std::uint64_t good = counts.at(static_cast<std::size_t>(State::as_expected));
  if (good == total)
    return total == 1 ? "The variant behaved as declared."
                      : fmt::format("All {} variants behaved as declared.", number(total));
  std::vector<std::string> wrong;
  for (const State state : worst_first) {
    const std::uint64_t bad = counts.at(static_cast<std::size_t>(state));
    if (state != State::as_expected && bad > 0) wrong.push_back(what_went_wrong(state, bad));
  }
  return fmt::format("{} of {} behaved as declared; {}.", number(good), count(total, "variant"),
                     fmt::join(wrong, ", "));
}

std::string safe_part(const View& view) {
  std::uint64_t safe = 0;
  std::uint64_t clean_ones = 0;
  bool all_ran = true;
  for (const Scenario& scenario : view.scenarios) {
    for (const Variant& variant : scenario.variants) {
      if (variant.side != Side::safe) continue;
      const auto ran = [](const Run* run) { return run && run->status == Status::ran; };
      const auto unclean = [&](const Run* run) { return ran(run) && !clean(*run); };
      ++safe;
      if (std::ranges::any_of(variant.runs, ran) && std::ranges::none_of(variant.runs, unclean))
        ++clean_ones;
      all_ran = all_ran && std::ranges::all_of(variant.runs, ran);
    }
  }
  if (safe == 0) return {};
  const std::string where = !all_ran                   ? "wherever they ran"
                            : view.columns.size() == 1 ? "in " + view.columns[0].name
                                                       : "in all modes";
  if (clean_ones < safe)
    return fmt::format(" {} of {} {} clean {}.", number(clean_ones), count(safe, "safe variant"),
                       safe == 1 ? "was" : "were", where);
  return fmt::format(" The {}safe variant{} clean {}.", safe == 1 ? "" : number(safe) + " ",
                     safe == 1 ? " was" : "s were", where);
}

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "data-race in stop, double-free".
std::string names_of(const std::vector<ExpectedFinding>& expected) {
  std::vector<std::string> names;
  for (const ExpectedFinding& one : expected) {
    const std::string where = one.function.empty() ? "" : " in " + one.function;
    names.push_back(std::string(to_string(one.kind)) + where);
  }
  return listed(names);
}

std::string what_it_came_to(const View& view, const Run& run) {
  switch (state_of(run)) {
    case State::as_expected:
      return {};
    case State::missed: {
      const std::string names = names_of(not_seen(view, run));
      return fmt::format("did not show {}, which it must; {} ran",
                         names.empty() ? "a finding" : names, count(run.processes, "process"));
    }
    case State::false_alarm:
      return fmt::format("is safe and yet showed {}",
                         run.findings.empty() ? "something" : listed(kinds_seen(view, run)));
    case State::unexpected:
      return fmt::format("showed {}, not all of it declared",
                         run.findings.empty() ? "something" : listed(kinds_seen(view, run)));
    case State::not_judged:
      return state_words(run);
  }
  return {};
}

}  // namespace

std::string explain(const View& view, const Run& run) {
  const std::string what = what_it_came_to(view, run);
  if (what.empty()) return {};
  const std::string reasons =
      run.reasons.empty() ? "." : fmt::format(" ({}).", fmt::join(run.reasons, "; "));
  return fmt::format("{} in {} {}{}", run.variant, column_name(view, run), what, reasons);
}

std::string summary(const View& view) {
  if (view.campaign.runs.empty()) return "Nothing ran, so nothing is known.";
  const std::string unfinished =
      view.campaign.complete ? "" : "The campaign did not finish, so this is only a part. ";
  return unfinished + declared_part(view) + safe_part(view);
}

}  // namespace redflag::reports
