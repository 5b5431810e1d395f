#include "program/describe.h"

#include <filesystem>

#include "program/instrumentation.h"

namespace redflag {

Description describe(const Program& tested) {
  const std::filesystem::path file(tested.file);
  Description description;
  description.scenario = file.parent_path().filename();
  description.variant = file.stem();
  description.side = description.variant.starts_with("safe") ? Side::safe : Side::unsafe;
  description.compiler = compiler();
  description.instrumentation = instrumentation();
  for (const Expectation& expected : tested.expect.all()) {
    for (const Mode mode : all_modes_list) {
      if (!expected.modes.has(mode)) continue;
      for (const Kind kind : expected.kinds.all()) {
        if (!modes_that_can_see(kind).has(mode)) continue;
        description.expect.push_back(
            {mode, {kind, expected.required, std::string(expected.function)}});
      }
    }
  }
  for (const ExpectedOutcome& outcome : tested.outcomes.all())
    description.outcomes.push_back(
        {std::string(outcome.pattern), outcome.allowed, std::string(outcome.why)});
  return description;
}

}  // namespace redflag
