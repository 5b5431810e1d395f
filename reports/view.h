// A campaign arranged as reports show it: scenarios with their variants, and a cell for each mode.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/campaign.h"

namespace redflag::reports {

/// A mode with a compiler; `name` leaves the compiler out if the campaign has only one.
struct Column {
  Mode mode = Mode::plain;
  std::string compiler;
  std::string name;
};

struct Variant {
  std::string name;
  Side side = Side::unsafe;
  std::vector<const Run*> runs;  ///< one a column; null if the campaign holds none
  const Source* source = nullptr;
};

/// A finding of a scenario; its number is its place in the list, from 1.
struct Seen {
  const Finding* finding;
  std::vector<const Run*> runs;  ///< of this scenario, that showed it
};

struct Scenario {
  ScenarioInfo info;              ///< only its name and title if the campaign tells no more
  std::vector<Variant> variants;  ///< each unsafe one followed by its safe twin
  std::vector<Seen> findings;
  std::vector<const Cost*> costs;
};

/// Points into the campaign, which must outlive it.
struct View {
  const Campaign& campaign;
  std::vector<Column> columns;
  std::vector<Scenario> scenarios;

  [[nodiscard]] const Finding* finding(std::string_view signature) const;
};

View view_of(const Campaign& campaign);
View view_of(Campaign&&) = delete;

/// The name of the column that `run` stands in.
const std::string& column_name(const View& view, const Run& run);

/// It ran and showed nothing: no finding, no thread left, no forbidden outcome.
bool clean(const Run& run);

/// The kinds that `run` showed and how often, the commonest first.
std::vector<KindCount> kinds_of(const View& view, const Run& run);

/// Their names, and the signatures that the campaign does not explain.
std::vector<std::string> kinds_seen(const View& view, const Run& run);

/// What `run` had to show and did not.
std::vector<ExpectedFinding> not_seen(const View& view, const Run& run);

/// How many processes of `run` showed the finding with that signature.
std::uint64_t processes_with(const Run& run, std::string_view signature);

/// The threads of a finding's interleaving: "main", then "T1", "T2", … in the order of numbers.
std::vector<std::string> threads_of(const Finding& finding);

/// The program of `scenario` that `frame` is in, or null.
const Source* source_of(const Scenario& scenario, const Frame& frame);

/// The program that `variant` is to be compared with: of the other side's the one from which the
/// fewest lines differ, and of several the one of the same name; null if there is none with a
/// source.
const Source* twin_of(const Scenario& scenario, const Variant& variant);

/// What a run that is not *as expected* came to, in a sentence; empty if it is as expected.
std::string explain(const View& view, const Run& run);

/// The campaign's result in one or two sentences that a stranger understands.
std::string summary(const View& view);

}  // namespace redflag::reports
