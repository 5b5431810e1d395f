#include "campaign/declared.h"

#include <fmt/format.h>

#include <algorithm>

namespace redflag {

bool take_description(Run& run, const Description& description, const std::filesystem::path& file) {
  constexpr auto wanted = [](Mode mode) {
    return with_tsan.has(mode) ? "thread" : mode == Mode::asan ? "address" : "none";
  };
  run.instrumentation = description.instrumentation;
  run.program = file.string();
  for (const auto& in_mode : description.expect) {
    // A safe program shows nothing, whatever it declares: it may be a broken copy.
    if (in_mode.mode == run.mode && run.side == Side::unsafe)
      run.expected.push_back(in_mode.finding);
  }
  if (description.instrumentation == wanted(run.mode) && description.compiler == run.compiler)
    return true;
  run.status = Status::not_built;
  run.reasons = {fmt::format("{} is built by {} with instrumentation \"{}\", not for {} by {}",
                             file.string(), description.compiler, description.instrumentation,
                             to_string(run.mode), run.compiler)};
  return false;
}

void add_outcome(Run& run, const Description& description, const std::string& text,
                 std::uint64_t count, std::uint64_t first_execution) {
  const auto known = std::ranges::find(run.outcomes, text, &OutcomeCount::text);
  if (known != run.outcomes.end()) {
    known->count += count;
    return;
  }
  const auto* declared = find_outcome(description, text);
  const bool allowed = declared != nullptr && declared->allowed;
  run.outcomes.push_back({text, allowed, declared != nullptr ? declared->why : "not declared",
                          count, first_execution});
}

void add_unseen_outcomes(Run& run, const Description& description) {
  for (const auto& declared : description.outcomes) {
    const auto covers = [&](const OutcomeCount& seen) {
      return find_outcome(description, seen.text) == &declared;
    };
    if (std::ranges::none_of(run.outcomes, covers))
      run.outcomes.push_back({declared.pattern, declared.allowed, declared.why, 0, 0});
  }
}

}  // namespace redflag
